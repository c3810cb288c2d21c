import type { FromSchema } from 'json-schema-to-ts';
import { hasUploads, type HandlerContext } from './context';
import { approximatedSize, sizeOf } from './image-size';
import { inputImageErrors, inputImagesOf } from './input-images';
import { parameterErrors } from './model-parameters';
import type { AllowedModel, ModelRegistry } from './model-registry';
import { parsedRequest, type ParsedRequest, type ParseOptions } from './parsed-request';
import { rejectDenied } from './reject-denied';
import { firstErrorPerField, schemaErrors } from './validation-errors';
import { validateGenerateRequest } from './validators/generate-request.generated';
import type { FieldError } from '../../private/contract/errors';
import type { JsonObject } from '../../private/contract/json-object';
import { GENERATE_REQUEST_SCHEMA } from '../../private/contract/requests';
import { invalidRequest } from '../shared/api-error';

type GenerateBody = FromSchema<typeof GENERATE_REQUEST_SCHEMA>;

/** Fields that are not passed to the model. */
const API_FIELDS = ['model', 'count', 'response', 'enhancePrompt'];
const MODEL_FIELDS = Object.keys(GENERATE_REQUEST_SCHEMA.properties).filter((field) => !API_FIELDS.includes(field));

/** Parses the body of `POST /images`: validates it against the schema, the prompt policy and the model, and adds defaults. */
export function parseGenerate(raw: JsonObject, context: HandlerContext, options?: ParseOptions): ParsedRequest {
  const { models, ports: { promptPolicy } } = context;
  const data = promptPolicy.normalize(raw);
  const target = findModel(data.model, models);
  const fieldErrors = generateErrors(data, target, context);
  if (!target || fieldErrors.length > 0) throw invalidRequest(firstErrorPerField(fieldErrors));
  rejectDenied(data, context.ports);
  const body = data as GenerateBody;
  const parsed = parsedRequest(body, target, modelInput(body, target), {
    ...options,
    inputImages: inputImagesOf(data, target),
    ...(data.enhancePrompt === true && { enhance: { maxLength: target.parameters.prompt?.maxLength ?? 0 } }),
  });
  return { ...parsed, approximatedSize: approximatedSize(body, target.parameters) };
}

function findModel(name: unknown, models: ModelRegistry): AllowedModel | undefined {
  return typeof name === 'string' ? models.find(name) : models.defaultModel;
}

/** The first error of a field is returned, so the errors of this API and model come before those of the schema. */
function generateErrors(data: JsonObject, target: AllowedModel | undefined, context: HandlerContext): FieldError[] {
  const { models, ports } = context;
  const fieldErrors = [
    ...ports.promptPolicy.fieldErrors(data),
    ...parameterErrors(data, target ?? models.defaultModel, MODEL_FIELDS),
    ...inputImageErrors(data, hasUploads(context)),
  ];
  if (!target) fieldErrors.push({ pointer: '/model', detail: `must be one of ${models.names.join(', ')}` });
  fieldErrors.push(...schemaErrors(validateGenerateRequest, GENERATE_REQUEST_SCHEMA, data));
  if (data.enhancePrompt === true && !ports.textModel) fieldErrors.push({ pointer: '/enhancePrompt', detail: 'is not available: this API has no text model' });
  return fieldErrors;
}

function modelInput(body: GenerateBody, { parameters, catalogEntry }: AllowedModel) {
  const { model, count, response, enhancePrompt, seed, outputFormat, aspectRatio, width, height, image, ...others } = body;
  const hasImage = image !== undefined;
  return {
    ...others,
    ...sizeOf({ aspectRatio, width, height }, parameters, hasImage),
    ...(hasImage && { mode: catalogEntry?.imageMode }),
  };
}
