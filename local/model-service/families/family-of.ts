import { AMAZON_IMAGE } from './amazon-image';
import { type Family, type Operation } from './family';
import { NOVA_OMNI } from './nova-omni';
import { NOVA_TEXT } from './nova-text';
import { STABILITY_SERVICES } from './stability-services';
import { STABILITY_V1 } from './stability-v1';
import { STABILITY_V2 } from './stability-v2';
import { validationError } from '../bedrock/bedrock-errors';
import { type ModelFact } from '../schema/documented-facts';

/** All families. A model uses the first family that supports it. */
const FAMILIES: readonly Family[] = [STABILITY_V2, STABILITY_SERVICES, STABILITY_V1, AMAZON_IMAGE, NOVA_OMNI, NOVA_TEXT];

/** Returns the family of a model. Throws for unsupported models and operations. */
export function familyOf(model: ModelFact, operation: Operation): Family {
  if (operation === 'converse' && !model.invocation.converse) {
    throw validationError("This action doesn't support the model that you provided. Try again with a supported text or chat model.");
  }
  const family = FAMILIES.find((candidate) => (
    candidate.schema === model.requestSchema && candidate.operation === operation && (candidate.supports?.(model) ?? true)
  ));
  if (family === undefined) {
    throw validationError(`The local model service does not support ${model.modelId} with ${operation}.`);
  }
  return family;
}
