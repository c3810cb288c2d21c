import { AMAZON_IMAGE } from './amazon-image';
import { Family, Operation } from './family';
import { NOVA_OMNI } from './nova-omni';
import { NOVA_TEXT } from './nova-text';
import { STABILITY_SERVICES } from './stability-services';
import { STABILITY_V1 } from './stability-v1';
import { STABILITY_V2 } from './stability-v2';
import { validationError } from '../bedrock/bedrock-errors';
import { ModelFact } from '../schema/documented-facts';

/** A family more is a line more here and a file beside this one. The first that fits a model plays it. */
const FAMILIES: readonly Family[] = [STABILITY_V2, STABILITY_SERVICES, STABILITY_V1, AMAZON_IMAGE, NOVA_OMNI, NOVA_TEXT];

/** The family that plays a model; refuses models and operations that nothing here plays. */
export function familyOf(model: ModelFact, operation: Operation): Family {
  if (operation === 'converse' && !model.invocation.converse) {
    throw validationError("This action doesn't support the model that you provided. Try again with a supported text or chat model.");
  }
  const family = FAMILIES.find((candidate) => (
    candidate.schema === model.requestSchema && candidate.operation === operation && (candidate.plays?.(model) ?? true)
  ));
  if (family === undefined) {
    throw validationError(`The local model service does not play ${model.modelId} through ${operation}.`);
  }
  return family;
}
