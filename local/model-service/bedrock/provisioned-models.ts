import { unknownModel } from './bedrock-errors';
import { MODEL_FACTS, ModelFact } from '../schema/documented-facts';

/**
 * The base models that can be provisioned here. The id of a real provisioned model is opaque: what it is made from stands in the
 * account. There is no account here, so the id says it, as in `provisioned-model/nova-canvas-test`.
 */
const BASES: readonly (readonly [partOfId: string, modelId: string])[] = [
  ['titan-image-v1', 'amazon.titan-image-generator-v1'],
  ['titan-image-v2', 'amazon.titan-image-generator-v2:0'],
  ['nova-canvas', 'amazon.nova-canvas-v1:0'],
  ['sdxl', 'stability.stable-diffusion-xl-v1'],
  ['stable-image-core', 'stability.stable-image-core-v1:1'],
];

const ARN = /^arn:aws[\w-]*:bedrock:([a-z0-9-]+):\d{12}:provisioned-model\/([\w-]+)$/;

/** The base of a provisioned model, for which the life cycle of the base does not count; `undefined` if the id names none. */
export function provisionedModel(idOrArn: string, region: string): ModelFact | undefined {
  const [, arnRegion, id] = ARN.exec(idOrArn) ?? [];
  if (id === undefined) return undefined;
  const base = BASES.find(([partOfId]) => id.includes(partOfId));
  const model = MODEL_FACTS.find(({ modelId }) => modelId === base?.[1]);
  if (model === undefined || arnRegion !== region) throw unknownModel();
  return model;
}
