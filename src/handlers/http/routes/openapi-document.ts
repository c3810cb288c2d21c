import type { ConfiguredLegacyRoute, HandlerConfiguration } from '../../../private/contract/configuration';
import { openApiDocument, type DescribedRoute, type LegacyRouteKind } from '../../../private/contract/openapi';
import { availableRoutes, ROUTES_BY_SET } from '../../../private/contract/routes';
import type { HandlerContext } from '../../requests/context';
import type { HttpResponse, HttpRequest } from '../request';

/** `GET /openapi.json`. The document is rendered for each request, because only a request contains the URL of the API. */
export async function describeApi({ origin, path, route }: HttpRequest, { configuration, models, edits }: HandlerContext): Promise<HttpResponse> {
  const json = openApiDocument({
    // The path before the route is the stage, or the base path of a custom domain.
    serverUrl: `${origin}${path.slice(0, path.length - route.length)}`,
    auth: configuration.auth.mode,
    bearer: configuration.auth.bearer,
    credentialHeaders: configuration.auth.headers,
    routes: routesOf(configuration),
    queued: configuration.queue !== undefined,
    models: models.names,
    operations: edits.map(({ edit }) => edit.operation),
  });
  return { status: 200, json };
}

/** Returns the routes that the construct created from the same configuration. */
function routesOf({ routes, legacy = [], edits, textModel, queue, auth }: HandlerConfiguration): DescribedRoute[] {
  const sets = availableRoutes(routes.flatMap((set) => ROUTES_BY_SET[set]), { edits, textModel, queue, hasOwners: auth.mode !== 'none' });
  return [...legacy.flatMap(describedLegacyRoutes), ...sets];
}

const KINDS: Partial<Record<ConfiguredLegacyRoute['reply'], LegacyRouteKind>> = { text: 'text', job: 'job' };

function describedLegacyRoutes({ path, methods, prompt, parameters, reply, statusPath }: ConfiguredLegacyRoute): DescribedRoute[] {
  const kind = KINDS[reply] ?? 'images';
  const routes = methods.map((method): DescribedRoute => ({ method, path, legacy: { kind, prompt, parameters } }));
  return statusPath === undefined ? routes : [...routes, { method: 'GET', path: statusPath, legacy: { kind: 'jobStatus', parameters: {} } }];
}
