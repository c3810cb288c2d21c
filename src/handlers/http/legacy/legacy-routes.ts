import type { ConfiguredLegacyRoute, HandlerConfiguration } from '../../../private/contract/configuration';
import type { HandlerContext } from '../../requests/context';
import type { HttpResponse, HttpRequest } from '../request';
import type { RouteLoader } from '../route';

type LegacyRouteFunction = (route: ConfiguredLegacyRoute, request: HttpRequest, context: HandlerContext) => Promise<HttpResponse>;
type LegacyRouteLoader = () => Promise<LegacyRouteFunction>;

const IMAGE: LegacyRouteLoader = async () => (await import('./create-image')).createLegacyImage;
const STATUS: LegacyRouteLoader = async () => (await import('./job-status')).getLegacyJobStatus;
const BY_REPLY: Partial<Record<ConfiguredLegacyRoute['reply'], LegacyRouteLoader>> = {
  text: async () => (await import('./generate-legacy-text')).generateLegacyText,
  job: async () => (await import('./job-status')).enqueueLegacyJob,
};

/** Returns the configured legacy route of a method and path, or undefined if there is none. */
export function legacyRoute(method: string, path: string, { legacy = [] }: HandlerConfiguration): RouteLoader | undefined {
  const route = legacy.find((each) => each.path === path && each.methods.some((allowed) => allowed === method));
  if (route) return withRoute(route, BY_REPLY[route.reply] ?? IMAGE);
  const statusRoute = method === 'GET' ? legacy.find(({ statusPath }) => statusPath === path) : undefined;
  return statusRoute && withRoute(statusRoute, STATUS);
}

function withRoute(route: ConfiguredLegacyRoute, load: LegacyRouteLoader): RouteLoader {
  return async () => {
    const handle = await load();
    return (request, context) => handle(route, request, context);
  };
}
