import { type ConfiguredLegacyRoute, type ConfiguredRoutes, type HandlerConfiguration } from '../contract/configuration';
import { availableRoutes, type ConfiguredFeatures, type Route, ROUTES_BY_SET } from '../contract/routes';

/** The routes and configuration that an `ApiRoutes` adds. */
export interface RouteSetBinding {
  /** All routes of the set, including those that need a feature. */
  readonly routes: readonly Route[];
  /** Name of a built-in set. */
  readonly set?: ConfiguredRoutes;
  /** Configuration of a legacy route. */
  readonly legacy?: ConfiguredLegacyRoute;
}

/** Returns the binding of a built-in set. */
export function builtInRoutes(set: ConfiguredRoutes): RouteSetBinding {
  return { set, routes: ROUTES_BY_SET[set] };
}

type Features = Omit<ConfiguredFeatures, 'hasOwners'>;

/** Returns the routes of all sets that the configured features allow, and the route of the OpenAPI document. */
export function selectRoutes(sets: readonly RouteSetBinding[], features: Features, hasOwners: boolean): Route[] {
  return availableRoutes(sets.flatMap(({ routes }) => routes), { ...features, hasOwners });
}

/** Returns the configuration of the handler. */
export function configuredRoutes(sets: readonly RouteSetBinding[]): Pick<HandlerConfiguration, 'routes' | 'legacy'> {
  const legacy = sets.flatMap((set) => set.legacy ?? []);
  return { routes: sets.flatMap(({ set }) => set ?? []), ...(legacy.length > 0 && { legacy }) };
}

/** Returns the problems between route sets, and between routes and other props. */
export function routeProblems(sets: readonly RouteSetBinding[], features: Features): string[] {
  if (sets.length === 0) return ["'routes' must contain at least one set, for example [ApiRoutes.standard()]"];
  const legacy = sets.flatMap((set) => set.legacy ?? []);
  return [
    ...repeatedRoutes(sets, features),
    ...unusedFeatures(sets, features),
    ...missingFeatures(legacy, features),
    ...pathVariableProblems(sets.flatMap(({ routes }) => routes)),
  ];
}

/** Routes that need an owner count as well: whether callers have an identity is only known later. */
function repeatedRoutes(sets: readonly RouteSetBinding[], features: Features): string[] {
  const all = selectRoutes(sets, features, true).map(({ method, path }) => `${method} ${path}`);
  const repeated = all.filter((route, index) => all.indexOf(route) !== index);
  return [...new Set(repeated)].map((route) =>
    `'routes' must have each route once, got '${route}' more than once; give a legacy route another 'path' or 'statusPath', or remove the set with this route`);
}

function unusedFeatures(sets: readonly RouteSetBinding[], { edits, textModel }: Features): string[] {
  const used = sets.flatMap(({ routes }) => routes.map(({ feature }) => feature));
  const isTextUsed = used.includes('textModel') || sets.some(({ legacy }) => legacy && enhancesPrompts(legacy));
  return [
    ...(textModel && !isTextUsed
      ? ["'textModel' needs a route for text; add ApiRoutes.standard(), or a legacy route with LegacyReply.text(), to 'routes'"] : []),
    ...(edits && !used.includes('edits') ? ["'edits' needs a route for edits; add ApiRoutes.standard() or ApiRoutes.openAi() to 'routes'"] : []),
  ];
}

/** Whether any route creates jobs. */
export function createsJobs(sets: readonly RouteSetBinding[]): boolean {
  return sets.some(({ routes, legacy }) => legacy?.reply === 'job' || routes.some(({ feature }) => feature === 'queue'));
}

function missingFeatures(legacy: readonly ConfiguredLegacyRoute[], { textModel, queue }: Features): string[] {
  return [
    ...(textModel ? [] : legacy.filter(enhancesPrompts).map(({ path }) =>
      `'parameters' of the legacy route '${path}' name 'enhancePrompt', which needs 'textModel', for example TextModel.NOVA_2_LITE`)),
    ...(textModel ? [] : legacy.filter(({ reply }) => reply === 'text').map(({ path }) =>
      `the legacy route '${path}' has LegacyReply.text(), which needs 'textModel', for example TextModel.NOVA_2_LITE`)),
    ...(queue ? [] : legacy.filter(({ reply }) => reply === 'job').map(({ path }) =>
      `the legacy route '${path}' has LegacyReply.job(), which needs 'delivery' to be Delivery.queued()`)),
  ];
}

function enhancesPrompts({ parameters }: ConfiguredLegacyRoute): boolean {
  return Object.values(parameters).includes('enhancePrompt');
}

/** API Gateway allows one variable below a path. */
function pathVariableProblems(routes: readonly Route[]): string[] {
  const paths = [...new Set(routes.map(({ path }) => path).filter((path) => path.endsWith('}')))];
  const parentOf = (path: string) => path.slice(0, path.lastIndexOf('/'));
  const siblingsOf = (path: string) => paths.filter((other) => parentOf(other) === parentOf(path));
  return paths.filter((path) => siblingsOf(path).some((other) => other < path)).map((path) =>
    `'routes' must have one variable below '${parentOf(path)}', got ${siblingsOf(path).map((other) => `'${other}'`).join(' and ')}; `
      + "give 'statusPath' of the legacy route another path, or remove the other set");
}
