import { IMAGE_SCHEMAS } from './images';
import { MODEL_SCHEMAS } from './models';
import { OPENAI_SCHEMAS } from './openai';
import { PROBLEM_SCHEMAS } from './problem';
import { requestSchemas } from './requests';
import { TEXT_SCHEMAS } from './text';
import { DescribedApi, Json } from '../types';

/** All that operations may refer to. */
export function schemas(api: DescribedApi): Readonly<Record<string, Json>> {
  return { ...requestSchemas(api), ...IMAGE_SCHEMAS, ...MODEL_SCHEMAS, ...TEXT_SCHEMAS, ...OPENAI_SCHEMAS, ...PROBLEM_SCHEMAS };
}
