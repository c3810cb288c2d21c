import { createLegacyImage } from './create-image';
import { generateLegacyText } from './generate-legacy-text';
import { enqueueLegacyJob, getLegacyJobStatus } from './job-status';
import type { ConfiguredLegacyRoute, HandlerConfiguration } from '../../../private/contract/configuration';
import type { HandlerContext, RouteFunction } from '../../requests/context';
import type { HttpResponse, HttpRequest } from '../request';

/** The route of an older system that was called, if it is one. */
export function legacyRoute(method: string, path: string, { legacy = [] }: HandlerConfiguration): RouteFunction | undefined {
  const route = legacy.find((each) => each.path === path && each.methods.some((allowed) => allowed === method));
  if (!route) return statusRoute(method, path, legacy);
  const act = ACTS[route.reply] ?? createLegacyImage;
  return (request, context) => act(route, request, context);
}

type LegacyFunction = (route: ConfiguredLegacyRoute, request: HttpRequest, context: HandlerContext) => Promise<HttpResponse>;

const ACTS: Partial<Record<ConfiguredLegacyRoute['reply'], LegacyFunction>> = { text: generateLegacyText, job: enqueueLegacyJob };

/** Where the clients of a route ask what became of an image. */
function statusRoute(method: string, path: string, legacy: readonly ConfiguredLegacyRoute[]): RouteFunction | undefined {
  const route = method === 'GET' ? legacy.find(({ statusPath }) => statusPath === path) : undefined;
  return route && ((request, context) => getLegacyJobStatus(route, request, context));
}
