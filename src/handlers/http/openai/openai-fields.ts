import type { FieldError } from '../../../private/contract/errors';
import type { JsonObject } from '../../../private/contract/json-object';
import { OPENAI_EDIT_REQUEST_SCHEMA, OPENAI_GENERATE_REQUEST_SCHEMA } from '../../../private/contract/openai';
import type { ParsedRequest } from '../../requests/parsed-request';
import { fieldErrorsOf, firstErrorPerField, type ObjectSchema } from '../../requests/validation-errors';
import { validateOpenAiEditRequest, validateOpenAiGenerateRequest } from '../../requests/validators/validators.generated';
import { ApiError, invalidRequest } from '../../shared/api-error';

/** The supported fields of a request and their errors. */
export interface OpenAiFields {
  readonly data: JsonObject;
  readonly fieldErrors: readonly FieldError[];
}

/** Validates the fields of `POST /v1/images/generations`. Ignores unknown fields. */
export function generateFields(raw: JsonObject): OpenAiFields {
  const data = supportedFields(raw, OPENAI_GENERATE_REQUEST_SCHEMA);
  if (validateOpenAiGenerateRequest(data)) return { data, fieldErrors: [] };
  return { data, fieldErrors: fieldErrorsOf(validateOpenAiGenerateRequest.errors ?? [], OPENAI_GENERATE_REQUEST_SCHEMA, data) };
}

/** Validates the fields of `POST /v1/images/edits`. Ignores unknown fields. */
export function editFields(raw: JsonObject): OpenAiFields {
  const data = supportedFields(raw, OPENAI_EDIT_REQUEST_SCHEMA);
  if (validateOpenAiEditRequest(data)) return { data, fieldErrors: [] };
  return { data, fieldErrors: fieldErrorsOf(validateOpenAiEditRequest.errors ?? [], OPENAI_EDIT_REQUEST_SCHEMA, data) };
}

function supportedFields(raw: JsonObject, { properties }: ObjectSchema): JsonObject {
  return Object.fromEntries(Object.keys(properties).flatMap((name) => (raw[name] === undefined || raw[name] === null ? [] : [[name, raw[name]]])));
}

/** Field names of the OpenAI API, by the pointers of the standard routes. */
const OPENAI_POINTERS: Readonly<Record<string, string>> = {
  '/count': '/n', '/width': '/size', '/height': '/size', '/aspectRatio': '/size', '/outputFormat': '/output_format', '/response': '/response_format',
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
