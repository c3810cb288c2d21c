import { createLegacyImage } from './create-image';
import { generateLegacyText } from './generate-legacy-text';
import { enqueueLegacyJob, getLegacyJobStatus } from './job-status';
import type { ConfiguredLegacyRoute, HandlerConfiguration } from '../../../private/contract/configuration';
import type { HandlerContext } from '../../requests/context';
import type { HttpResponse, HttpRequest } from '../request';
import type { RouteFunction } from '../route';

type LegacyRouteFunction = (route: ConfiguredLegacyRoute, request: HttpRequest, context: HandlerContext) => Promise<HttpResponse>;

const BY_REPLY: Partial<Record<ConfiguredLegacyRoute['reply'], LegacyRouteFunction>> = { text: generateLegacyText, job: enqueueLegacyJob };

/** Returns the function of a configured legacy route, or undefined if there is none. */
export function legacyRouteFunction(method: string, path: string, { legacy = [] }: HandlerConfiguration): RouteFunction | undefined {
  const route = legacy.find((each) => each.path === path && each.methods.some((allowed) => allowed === method));
  if (!route) return statusRouteFunction(method, path, legacy);
  const handle = BY_REPLY[route.reply] ?? createLegacyImage;
  return (request, context) => handle(route, request, context);
}

/** Returns the function of the route that returns the status of a job. */
function statusRouteFunction(method: string, path: string, legacy: readonly ConfiguredLegacyRoute[]): RouteFunction | undefined {
  const route = method === 'GET' ? legacy.find(({ statusPath }) => statusPath === path) : undefined;
  return route && ((request, context) => getLegacyJobStatus(route, request, context));
}
