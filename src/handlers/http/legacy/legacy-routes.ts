import type { ConfiguredLegacyRoute, HandlerConfiguration } from '../../../private/contract/configuration';
import type { HandlerContext } from '../../requests/context';
import type { HttpResponse, HttpRequest } from '../request';
import type { RouteLoader } from '../route';

type LegacyRouteFunction = (route: ConfiguredLegacyRoute, request: HttpRequest, context: HandlerContext) => Promise<HttpResponse>;
type LegacyRouteLoader = () => Promise<LegacyRouteFunction>;

const LOAD_IMAGE: LegacyRouteLoader = async () => (await import('./create-image')).createLegacyImage;
const LOAD_STATUS: LegacyRouteLoader = async () => (await import('./legacy-jobs')).getLegacyJobStatus;
/** Replies that do not return an image. */
const LOAD_BY_REPLY: Partial<Record<ConfiguredLegacyRoute['reply'], LegacyRouteLoader>> = {
  text: async () => (await import('./generate-legacy-text')).generateLegacyText,
  job: async () => (await import('./legacy-jobs')).enqueueLegacyJob,
};

/** Returns the loader of the legacy route with this method and path, or undefined if the API has none. */
export function legacyRouteLoader(method: string, path: string, { legacy = [] }: HandlerConfiguration): RouteLoader | undefined {
  const route = legacy.find((each) => each.path === path && each.methods.some((allowed) => allowed === method));
  if (route) return loaderOf(route, LOAD_BY_REPLY[route.reply] ?? LOAD_IMAGE);
  const statusRoute = method === 'GET' ? legacy.find(({ statusPath }) => statusPath === path) : undefined;
  return statusRoute && loaderOf(statusRoute, LOAD_STATUS);
}

function loaderOf(route: ConfiguredLegacyRoute, load: LegacyRouteLoader): RouteLoader {
  return async () => {
    const routeFunction = await load();
    return (request, context) => routeFunction(route, request, context);
  };
}
