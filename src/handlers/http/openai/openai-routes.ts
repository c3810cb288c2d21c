import { edits } from './edit-images';
import { generations } from './generate-images';
import { listModels } from './list-openai-models';
import type { RouteFunction } from '../../requests/context';

/** The routes of OpenAI's image API, by method and resource. */
export const OPENAI: Readonly<Record<string, RouteFunction>> = {
  'POST /v1/images/generations': generations,
  'POST /v1/images/edits': edits,
  'GET /v1/models': listModels,
};
