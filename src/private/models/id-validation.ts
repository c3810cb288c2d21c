import { Token } from 'aws-cdk-lib';
import { catalogModel, EDIT_MODELS, MODELS, textModel } from '../contract/models';
import { NOT_IMAGE_MODELS } from '../contract/models/other-models';

/** Prefixes of inference profiles: the geography that serves them. */
const PROFILE_PREFIX = /^(us|us-gov|eu|apac|au|jp|ca|global)\./;

/** Why an id is no image model that is called by its id, and what to write instead; nothing where it may be one. */
export function imageModelRefusal(modelId: string): string | undefined {
  if (Token.isUnresolved(modelId)) return undefined;
  if (modelId.startsWith('arn:')) return arnRefusal('ImageModel', modelId);
  const refusal = imageBaseRefusal(modelId.replace(PROFILE_PREFIX, ''));
  if (refusal !== undefined || !PROFILE_PREFIX.test(modelId)) return refusal;
  return `'${modelId}' is an inference profile; write ImageModel.inferenceProfile('${modelId}', { region, destinationRegions })`;
}

/** The same of the model behind an inference profile. */
export function imageBaseRefusal(modelId: string): string | undefined {
  if (modelId in NOT_IMAGE_MODELS) return `'${modelId}' ${NOT_IMAGE_MODELS[modelId]}, not images`;
  const edit = EDIT_MODELS.find(({ id }) => id === modelId);
  if (edit !== undefined) return `'${modelId}' edits images; ask for it by 'edits: ImageEdits.of(ImageEdit.${constantName(edit.operation)})'`;
  const text = textModel(modelId);
  if (text !== undefined) return `'${modelId}' writes text; give it as 'textModel: TextModel.${constantName(text.alias)}'`;
  return undefined;
}

/** Why an id is no text model that is called by its id. */
export function textModelRefusal(modelId: string): string | undefined {
  if (Token.isUnresolved(modelId)) return undefined;
  if (modelId.startsWith('arn:')) return arnRefusal('TextModel', modelId);
  const base = modelId.replace(PROFILE_PREFIX, '');
  if (base in NOT_IMAGE_MODELS) return `'${modelId}' ${NOT_IMAGE_MODELS[base]}, not text`;
  if (catalogModel(base) !== undefined) return `'${modelId}' makes images; give it as 'model' or in 'additionalModels'`;
  if (EDIT_MODELS.some(({ id }) => id === base)) return `'${modelId}' edits images; ask for it by 'edits'`;
  if (!PROFILE_PREFIX.test(modelId)) return undefined;
  return `'${modelId}' is an inference profile; write TextModel.inferenceProfile('${modelId}', { destinationRegions })`;
}

function arnRefusal(factories: 'ImageModel' | 'TextModel', arn: string): string {
  const name = arn.slice(arn.indexOf('/') + 1);
  if (arn.includes(':foundation-model/')) return `'${arn}' is an ARN; write ${factories}.of('${name}', { region })`;
  if (arn.includes(':inference-profile/')) return `'${arn}' is an ARN; write ${factories}.inferenceProfile('${name}', { region, destinationRegions })`;
  return factories === 'ImageModel'
    ? `'${arn}' is an ARN; for a provisioned model write ImageModel.provisioned('${arn}', { modelId })`
    : `'${arn}' is an ARN; text models are named by their id, or by the id of an inference profile`;
}

/** The `ImageModel` constant of a model of the catalog; some have none. */
export function imageModelConstant(modelId: string): string | undefined {
  const row = MODELS.find(({ id }) => id === modelId);
  return row && constantName(row.alias);
}

/** stable-image-core -> STABLE_IMAGE_CORE */
function constantName(alias: string): string {
  return alias.toUpperCase().replace(/-/g, '_');
}
