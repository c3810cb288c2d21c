import { withImageFields } from './image-objects';
import type { FieldError } from '../../../private/contract/errors';
import type { JsonObject } from '../../../private/contract/json-object';
import { OPENAI_EDIT_REQUEST_SCHEMA, OPENAI_GENERATE_REQUEST_SCHEMA } from '../../../private/contract/openai';
import type { ParsedRequest } from '../../requests/parsed-request';
import { firstErrorPerField, schemaErrors, type ObjectSchema } from '../../requests/validation-errors';
import { validateOpenAiEditRequest } from '../../requests/validators/open-ai-edit-request.generated';
import { validateOpenAiGenerateRequest } from '../../requests/validators/open-ai-generate-request.generated';
import { ApiError, invalidRequest } from '../../shared/api-error';
import { isAbsent } from '../body/absent-values';

/** The fields of a request. */
export interface OpenAiFields {
  /** The valid fields that are supported. Fields that are not valid are absent, so that no code converts them. */
  readonly data: JsonObject;
  readonly fieldErrors: readonly FieldError[];
  /** Names of fields that are not supported. */
  readonly unknown: readonly string[];
}

/** Validates the fields of `POST /v1/images/generations`. */
export function generateFields(raw: JsonObject): OpenAiFields {
  return fieldsOf(raw, OPENAI_GENERATE_REQUEST_SCHEMA, validateOpenAiGenerateRequest);
}

/** Validates the fields of `POST /v1/images/edits`. */
export function editFields(body: JsonObject): OpenAiFields {
  const { raw, fieldErrors: imageErrors } = withImageFields(body);
  const fields = fieldsOf(raw, OPENAI_EDIT_REQUEST_SCHEMA, validateOpenAiEditRequest);
  // the image is missing because it is not valid
  if (imageErrors.length > 0) throw invalidRequest([...imageErrors, ...fields.fieldErrors.filter(({ pointer }) => pointer !== '/image')]);
  return fields;
}

type Validator = typeof validateOpenAiGenerateRequest;

function fieldsOf(raw: JsonObject, schema: ObjectSchema, validate: Validator): OpenAiFields {
  const isSupported = (name: string) => Object.hasOwn(schema.properties, name);
  const sent = Object.entries(raw).filter(([, value]) => !isAbsent(value));
  const fields: JsonObject = Object.fromEntries(sent.filter(([name]) => isSupported(name)));
  const fieldErrors = schemaErrors(validate, schema, fields);
  const invalid = new Set(fieldErrors.map(({ pointer }) => pointer.split('/')[1]));
  return {
    data: Object.fromEntries(Object.entries(fields).filter(([name]) => !invalid.has(name))),
    fieldErrors,
    unknown: sent.flatMap(([name]) => (isSupported(name) ? [] : name)),
  };
}

/** Field names of the OpenAI API, by the pointers of the standard routes. */
const OPENAI_POINTERS: Readonly<Record<string, string>> = {
  '/count': '/n',
  '/width': '/size',
  '/height': '/size',
  '/aspectRatio': '/size',
  '/outputFormat': '/output_format',
  '/response': '/response_format',
  '/negativePrompt': '/negative_prompt',
};

/** Runs a parser of the standard routes. Throws its errors together with `fieldErrors`, by the field names of the OpenAI API. */
export function parseWithFieldErrors(fieldErrors: readonly FieldError[], parse: () => ParsedRequest): ParsedRequest {
  try {
    const parsed = parse();
    if (fieldErrors.length === 0) return parsed;
  } catch (error) {
    throw invalidRequest(firstErrorPerField([...fieldErrors, ...openAiFieldErrors(error)]));
  }
  throw invalidRequest(fieldErrors);
}

function openAiFieldErrors(error: unknown): FieldError[] {
  if (!(error instanceof ApiError) || error.code !== 'INVALID_REQUEST' || !error.fieldErrors) throw error;
  // the request has no field for the operation
  const fieldErrors = error.fieldErrors.filter(({ pointer }) => pointer !== '/operation');
  return firstErrorPerField(fieldErrors.map(({ pointer, detail }) => ({ pointer: OPENAI_POINTERS[pointer] ?? pointer, detail })));
}
