/** The contract as an OpenAPI 3.1 document: served by the handler, shipped in the package. */
export * from './document';
export type { DescribedApi, DescribedLegacy, DescribedRoute } from './types';
