import { IMAGE_SCHEMAS } from './image-schemas';
import { MODEL_SCHEMAS } from './model-schemas';
import { OPENAI_SCHEMAS } from './openai-schemas';
import { PROBLEM_SCHEMAS } from './problem-schemas';
import { requestSchemas } from './request-schemas';
import { TEXT_SCHEMAS } from './text-schemas';
import { type JsonObject } from '../../json-object';
import { type DescribedApi } from '../described-api';

/** Returns all schemas by name. */
export function schemas(api: DescribedApi): Readonly<Record<string, JsonObject>> {
  return { ...requestSchemas(api), ...IMAGE_SCHEMAS, ...MODEL_SCHEMAS, ...TEXT_SCHEMAS, ...OPENAI_SCHEMAS, ...PROBLEM_SCHEMAS };
}
