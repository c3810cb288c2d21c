import type { FromSchema } from 'json-schema-to-ts';
import { hasUploads, imageSources, type HandlerContext } from './context';
import { sizeOf } from './image-size';
import { inputImageErrors, loadInputImages } from './input-images';
import { parameterErrors } from './model-parameters';
import type { AllowedModel, ModelRegistry } from './model-registry';
import { parsedRequest, type ParsedRequest } from './parsed-request';
import { fieldErrorsOf, firstOfEach } from './validation-errors';
import { validateGenerateRequest } from './validators/validators.generated';
import { GENERATE_REQUEST_SCHEMA } from '../../private/contract/requests';
import type { GenerateRequest } from '../generation/types';
import { invalidRequest } from '../shared/errors';

export type GenerateBody = FromSchema<typeof GENERATE_REQUEST_SCHEMA>;
type Data = Readonly<Record<string, unknown>>;

/** Fields that say how to answer, not what to ask of the model. */
const OURS = ['model', 'count', 'response', 'enhancePrompt'];
const PARAMETERS = Object.keys(GENERATE_REQUEST_SCHEMA.properties).filter((field) => !OURS.includes(field));

/** Checks a `POST /images` body completely, against the contract, the operator's rules and what the model takes, and completes it. */
export function parseGenerate(raw: Data, owner: string, context: HandlerContext): ParsedRequest {
  const { models, promptPolicy } = context;
  const data = promptPolicy.normalize(raw);
  const model = modelOf(data.model, models);
  // the first of a field is told: what holds for this API and model before what holds for any
  const faults = [
    ...promptPolicy.fieldErrors(data), ...parameterErrors(data, model ?? models.standard, PARAMETERS), ...inputImageErrors(data, hasUploads(context)),
  ];
  if (!model) faults.push({ pointer: '/model', detail: `must be one of ${models.names.join(', ')}` });
  if (!validateGenerateRequest(data)) faults.push(...fieldErrorsOf(validateGenerateRequest.errors ?? [], GENERATE_REQUEST_SCHEMA, data));
  if (data.enhancePrompt === true && !context.ports.texts) faults.push({ pointer: '/enhancePrompt', detail: 'is not available: this API has no text model' });
  if (!model || faults.length > 0) throw invalidRequest(firstOfEach(faults));
  promptPolicy.refuseDenied(data);
  return complete(data as GenerateBody, model, {
    loadInputImages: () => loadInputImages(data, model, imageSources(owner, context)),
    ...(data.enhancePrompt === true && { enhance: { maxLength: model.parameters.prompt?.maxLength ?? 0 } }),
  });
}

function modelOf(name: unknown, models: ModelRegistry): AllowedModel | undefined {
  return typeof name === 'string' ? models.find(name) : models.standard;
}

function complete(body: GenerateBody, target: AllowedModel, more: Pick<GenerateRequest, 'loadInputImages' | 'enhance'>): ParsedRequest {
  const { model, count, response, enhancePrompt, seed, outputFormat, aspectRatio, width, height, image, ...asked } = body;
  const { parameters, known } = target;
  const hasImage = image !== undefined;
  return parsedRequest(body, target, {
    ...asked,
    ...sizeOf({ aspectRatio, width, height }, parameters, hasImage),
    ...(hasImage && known?.imageMode !== undefined && { mode: known.imageMode }),
  }, more);
}
