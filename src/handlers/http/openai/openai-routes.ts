import type { RouteTable } from '../route';

/** The functions of the routes of the OpenAI image API. */
export const OPENAI_FUNCTIONS: RouteTable = {
  'POST /v1/images/generations': async () => (await import('./openai-generations')).generateImages,
  'POST /v1/images/edits': async () => (await import('./openai-edits')).editImages,
  'GET /v1/models': async () => (await import('./list-openai-models')).listModels,
};
