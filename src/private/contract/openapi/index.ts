/** Renders the contract as an OpenAPI 3.1 document. The handler serves it and the package contains it. */
export * from './document';
export type { DescribedApi, DescribedLegacyRoute, DescribedRoute, LegacyRouteKind } from './described-api';
