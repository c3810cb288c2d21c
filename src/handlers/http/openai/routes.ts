import type { RouteFunction } from '../route';
import { edits } from './edits';
import { generations } from './generations';
import { listModels } from './list-models';

/** The routes of OpenAI's image API, by method and resource. */
export const OPENAI: Readonly<Record<string, RouteFunction>> = {
  'POST /v1/images/generations': generations,
  'POST /v1/images/edits': edits,
  'GET /v1/models': listModels,
};
