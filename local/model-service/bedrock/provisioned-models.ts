import { unknownModel } from './bedrock-errors';
import { MODEL_FACTS, type ModelFact } from '../schema/documented-facts';

/**
 * The base models for provisioned throughput. AWS stores the base model of a provisioned model in the account. The model
 * service reads it from the name, for example `provisioned-model/nova-canvas-test`.
 */
const BASES: readonly (readonly [partOfId: string, modelId: string])[] = [
  ['titan-image-v1', 'amazon.titan-image-generator-v1'],
  ['titan-image-v2', 'amazon.titan-image-generator-v2:0'],
  ['nova-canvas', 'amazon.nova-canvas-v1:0'],
  ['sdxl', 'stability.stable-diffusion-xl-v1'],
  ['stable-image-core', 'stability.stable-image-core-v1:1'],
];

const ARN = /^arn:aws[\w-]*:bedrock:([a-z0-9-]+):\d{12}:provisioned-model\/([\w-]+)$/;

/** Returns the base model of a provisioned model, also after its end of life. Returns `undefined` for any other id. */
export function provisionedModel(idOrArn: string, region: string): ModelFact | undefined {
  const [, arnRegion, id] = ARN.exec(idOrArn) ?? [];
  if (id === undefined) return undefined;
  const base = BASES.find(([partOfId]) => id.includes(partOfId));
  const model = MODEL_FACTS.find(({ modelId }) => modelId === base?.[1]);
  if (model === undefined || arnRegion !== region) throw unknownModel();
  return model;
}
