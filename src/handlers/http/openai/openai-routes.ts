import { editImages } from './edit-images';
import { generateImages } from './generate-images';
import { listModels } from './list-openai-models';
import type { RouteFunction } from '../../requests/context';

/** The routes of OpenAI's image API, by method and resource. */
export const OPENAI: Readonly<Record<string, RouteFunction>> = {
  'POST /v1/images/generations': generateImages,
  'POST /v1/images/edits': editImages,
  'GET /v1/models': listModels,
};
