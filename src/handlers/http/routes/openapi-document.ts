import type { ConfiguredLegacyRoute, ConfiguredRoutes, HandlerConfiguration } from '../../../private/contract/configuration';
import { openApiDocument, type DescribedLegacy, type DescribedRoute } from '../../../private/contract/openapi';
import { availableRoutes, OPENAI_ROUTES, STANDARD_ROUTES, type Route } from '../../../private/contract/routes';
import type { HandlerContext } from '../../requests/context';
import type { HttpResponse, HttpRequest } from '../request';

/** `GET /openapi.json`: rendered when asked for, as nobody else needs it and only a request knows where the API is. */
export async function describeApi({ origin, path, route }: HttpRequest, { configuration, models, edits }: HandlerContext): Promise<HttpResponse> {
  const json = openApiDocument({
    // the stage or the base path of a domain stands before the route
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

const SETS: Readonly<Record<ConfiguredRoutes, readonly Route[]>> = { standard: STANDARD_ROUTES, openAi: OPENAI_ROUTES };

/** What the construct built from the same choices. */
function routesOf({ routes, legacy = [], edits, textModel, queue, auth }: HandlerConfiguration): DescribedRoute[] {
  const sets = availableRoutes(routes.flatMap((set) => SETS[set]), { edits, textModel, queue, hasOwners: auth.mode !== 'none' });
  return [...legacy.flatMap(described), ...sets];
}

const DOES: Partial<Record<ConfiguredLegacyRoute['reply'], DescribedLegacy['does']>> = { text: 'write', job: 'start' };

function described({ path, methods, prompt, parameters, reply, statusPath }: ConfiguredLegacyRoute): DescribedRoute[] {
  const does = DOES[reply] ?? 'draw';
  const asked = methods.map((method): DescribedRoute => ({ method, path, legacy: { prompt, parameters, does } }));
  return statusPath === undefined ? asked : [...asked, { method: 'GET', path: statusPath, legacy: { parameters: {}, does: 'tell' } }];
}
