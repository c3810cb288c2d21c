import { Token } from 'aws-cdk-lib';
import { catalogModel, EDIT_MODELS, MODELS, TEXT_MODELS, textModel } from '../contract/models';
import { NOT_IMAGE_MODELS } from '../contract/models/other-models';
import { didYouMean } from '../validation/suggestions';

/** Prefixes of inference profiles: the geographies of their destination Regions. */
export const PROFILE_PREFIXES = ['us', 'us-gov', 'eu', 'apac', 'au', 'jp', 'ca', 'global'];
export const PROFILE_PREFIX = new RegExp(`^(${PROFILE_PREFIXES.join('|')})\\.`);

/** Returns why an id does not name an image model that can be called by its id, and what to write instead. */
export function imageModelProblem(modelId: string): string | undefined {
  if (Token.isUnresolved(modelId)) return undefined;
  if (modelId.startsWith('arn:')) return arnProblem('ImageModel', modelId);
  const problem = imageBaseModelProblem(modelId.replace(PROFILE_PREFIX, ''));
  if (problem !== undefined || !PROFILE_PREFIX.test(modelId)) return problem;
  return `'${modelId}' is an inference profile; write ImageModel.inferenceProfile('${modelId}', { region, destinationRegions })`;
}

/** Returns why the id behind an inference profile does not name an image model. */
export function imageBaseModelProblem(modelId: string): string | undefined {
  if (modelId in NOT_IMAGE_MODELS) return `'${modelId}' ${NOT_IMAGE_MODELS[modelId]}, not images`;
  const edit = EDIT_MODELS.find(({ id }) => id === modelId);
  if (edit !== undefined) return `'${modelId}' edits images; add it with 'edits: ImageEdits.of(ImageEdit.${constantName(edit.operation)})'`;
  const text = textModel(modelId);
  if (text !== undefined) return `'${modelId}' generates text; set 'textModel: TextModel.${constantName(text.alias)}'`;
  return undefined;
}

/** Returns why an id does not name a text model that can be called by its id. */
export function textModelProblem(modelId: string): string | undefined {
  if (Token.isUnresolved(modelId)) return undefined;
  if (modelId.startsWith('arn:')) return arnProblem('TextModel', modelId);
  const base = modelId.replace(PROFILE_PREFIX, '');
  if (base in NOT_IMAGE_MODELS) return `'${modelId}' ${NOT_IMAGE_MODELS[base]}, not text`;
  if (catalogModel(base) !== undefined) return `'${modelId}' generates images; set it as 'model' or add it to 'additionalModels'`;
  if (EDIT_MODELS.some(({ id }) => id === base)) return `'${modelId}' edits images; add it with 'edits'`;
  if (!PROFILE_PREFIX.test(modelId)) return misspelledTextModel(modelId);
  return `'${modelId}' is an inference profile; write TextModel.inferenceProfile('${modelId}', { destinationRegions })`;
}

/** Any model of Bedrock is accepted, so only ids that cannot exist are problems: those without a provider, and without the version of a known model. */
function misspelledTextModel(modelId: string): string | undefined {
  const ids = TEXT_MODELS.map(({ id }) => id);
  if (/^[a-z0-9-]+\.[a-z0-9][a-zA-Z0-9.:_-]*$/.test(modelId) && !ids.some((id) => id !== modelId && id.startsWith(modelId))) return undefined;
  return `'modelId' of a text model must be a provider and a model with its version, like 'amazon.nova-lite-v1:0', got '${modelId}'${didYouMean(modelId, ids)}`;
}

function arnProblem(factories: 'ImageModel' | 'TextModel', arn: string): string {
  const name = arn.slice(arn.indexOf('/') + 1);
  if (arn.includes(':foundation-model/')) return `'${arn}' is an ARN; write ${factories}.of('${name}', { region })`;
  if (arn.includes(':inference-profile/')) return `'${arn}' is an ARN; write ${factories}.inferenceProfile('${name}', { region, destinationRegions })`;
  return factories === 'ImageModel'
    ? `'${arn}' is an ARN; for a provisioned model write ImageModel.provisioned('${arn}', { modelId })`
    : `'${arn}' is an ARN; text models are named by their id, or by the id of an inference profile`;
}

/** Returns the `ImageModel` constant of a model. Models with an end of life and models without a Region to call have none. */
export function imageModelConstant(modelId: string): string | undefined {
  const row = MODELS.find(({ id, lifecycle, regions }) => id === modelId && !lifecycle && regions.length > 0);
  return row && constantName(row.alias);
}

/** Converts `stable-image-core` to `STABLE_IMAGE_CORE`. */
function constantName(alias: string): string {
  return alias.toUpperCase().replace(/-/g, '_');
}
