import { legacyProblems } from './legacy-routes';
import { HandlerConfiguration } from '../contract/configuration';
import { availableRoutes, Route } from '../contract/routes';
import { ResolvedProps } from '../validation/resolve-props';

type Props = Pick<ResolvedProps, 'routes' | 'edits' | 'textModel' | 'delivery'>;

/** Those of all sets that have what they need. */
export function builtRoutes({ routes, delivery, ...props }: Props, hasOwners: boolean): Route[] {
  return availableRoutes(routes.flatMap(({ _routes }) => _routes), { ...props, queue: delivery._queue, hasOwners });
}

/** What the handler has to be told. */
export function configuredRoutes(routes: Props['routes']): Pick<HandlerConfiguration, 'routes' | 'legacy'> {
  const legacy = routes.flatMap(({ _legacy }) => _legacy ?? []);
  return { routes: routes.flatMap(({ _set }) => _set ?? []), ...(legacy.length > 0 && { legacy }) };
}

export function routeProblems(props: Props): string[] {
  const { routes, edits, textModel } = props;
  // whether callers have an identity shows later: colliding with a route that only these have is refused either way
  const all = builtRoutes(props, true).map(({ method, path }) => `${method} ${path}`);
  const repeated = all.filter((route, index) => all.indexOf(route) !== index);
  const features = routes.flatMap(({ _routes }) => _routes.map(({ feature }) => feature));
  const legacy = routes.flatMap(({ _legacy }) => _legacy ?? []);
  const enhancing = legacy.filter(({ parameters }) => Object.values(parameters).includes('enhancePrompt'));
  return [
    ...(routes.length > 0 ? [] : ["'routes' must hold at least one set, for example [ApiRoutes.standard()]"]),
    ...[...new Set(repeated)].map((route) => `'routes' must have each route once, got '${route}' more than once; give a legacy route another 'path' or 'statusPath', or leave out the set that has this one`),
    ...(textModel && routes.length > 0 && !features.includes('text') && enhancing.length === 0
      ? ["'textModel' needs a route for text; add ApiRoutes.standard(), or a legacy route with LegacyReply.text(), to 'routes'"] : []),
    ...(edits && routes.length > 0 && !features.includes('edits') ? ["'edits' needs a route for edits; add ApiRoutes.standard() or ApiRoutes.openAi() to 'routes'"] : []),
    ...(textModel ? [] : enhancing.map(({ path }) =>
      `'parameters' of the legacy route '${path}' name 'enhancePrompt', which needs 'textModel', for example TextModel.NOVA_2_LITE`)),
    ...legacy.flatMap(legacyProblems),
    ...legacy.filter(({ reply }) => reply === 'text' && !textModel).map(({ path }) =>
      `the legacy route '${path}' answers with LegacyReply.text(), which needs 'textModel', for example TextModel.NOVA_2_LITE`),
    ...legacy.filter(({ reply }) => reply === 'job' && !props.delivery._queue).map(({ path }) =>
      `the legacy route '${path}' answers with LegacyReply.job(), which needs 'delivery' to be Delivery.queued()`),
    ...variableProblems(routes.flatMap(({ _routes }) => _routes)),
  ];
}

/** API Gateway takes one variable below a path, whatever it is called. */
function variableProblems(routes: readonly Route[]): string[] {
  const paths = [...new Set(routes.map(({ path }) => path).filter((path) => path.endsWith('}')))];
  const above = (path: string) => path.slice(0, path.lastIndexOf('/'));
  return paths.filter((path) => paths.some((other) => other < path && above(other) === above(path))).map((path) =>
    `'routes' must have one variable below '${above(path)}', got ${paths.filter((other) => above(other) === above(path)).map((other) => `'${other}'`).join(' and ')}; `
      + "give 'statusPath' of the legacy route another path, or leave out the other set");
}
