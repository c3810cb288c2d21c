import { HandlerConfiguration } from './contract/configuration';
import { availableRoutes, DOCUMENT_ROUTE, Route } from './contract/routes';
import { legacyProblems } from './legacy-routes';
import { ResolvedProps } from './props';

type Props = Pick<ResolvedProps, 'routes' | 'edits' | 'textModel'>;

/** Those of all sets that have what they need. */
export function builtRoutes({ routes, ...props }: Props, hasOwners: boolean): Route[] {
  return availableRoutes(routes.flatMap(({ _routes }) => _routes), { ...props, hasOwners });
}

/** What the handler has to be told. */
export function configuredRoutes(routes: Props['routes']): Pick<HandlerConfiguration, 'routes' | 'legacy'> {
  const legacy = routes.flatMap(({ _legacy }) => _legacy ?? []);
  return { routes: routes.flatMap(({ _set }) => _set ?? []), ...(legacy.length > 0 && { legacy }) };
}

export function routeProblems({ routes, textModel }: Props): string[] {
  const all = [...routes.flatMap(({ _routes }) => _routes), DOCUMENT_ROUTE].map(({ method, path }) => `${method} ${path}`);
  const repeated = all.filter((route, index) => all.indexOf(route) !== index);
  const features = routes.flatMap(({ _routes }) => _routes.map(({ feature }) => feature));
  const legacy = routes.flatMap(({ _legacy }) => _legacy ?? []);
  return [
    ...(routes.length > 0 ? [] : ["'routes' must hold at least one set, for example [ApiRoutes.standard()]"]),
    ...[...new Set(repeated)].map((route) => `'routes' must have each route once, got '${route}' more than once`),
    ...(textModel && routes.length > 0 && !features.includes('text')
      ? ["'textModel' needs a route for text; add ApiRoutes.standard(), or a legacy route with LegacyReply.text(), to 'routes'"] : []),
    ...legacy.flatMap(legacyProblems),
    ...legacy.filter(({ reply }) => reply === 'text' && !textModel).map(({ path }) =>
      `the legacy route '${path}' answers with LegacyReply.text(), which needs 'textModel', for example TextModel.NOVA_2_LITE`),
  ];
}
