import { drawForLegacy } from './draw';
import { writeForLegacy } from './write';
import type { HandlerConfiguration } from '../../../private/contract/configuration';
import type { RouteFunction } from '../route';

/** The route of an older system that was called, if it is one. */
export function legacyRoute(method: string, path: string, { legacy = [] }: HandlerConfiguration): RouteFunction | undefined {
  const route = legacy.find((each) => each.path === path && each.methods.some((allowed) => allowed === method));
  if (!route) return undefined;
  const act = route.reply === 'text' ? writeForLegacy : drawForLegacy;
  return (request, context) => act(route, request, context);
}
