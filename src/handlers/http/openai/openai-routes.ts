import { listModels } from './list-openai-models';
import { editImages } from './openai-edits';
import { generateImages } from './openai-generations';
import type { RouteTable } from '../route';

/** The routes of the OpenAI image API. */
export const OPENAI_ROUTE_FUNCTIONS: RouteTable = {
  'POST /v1/images/generations': generateImages,
  'POST /v1/images/edits': editImages,
  'GET /v1/models': listModels,
};
