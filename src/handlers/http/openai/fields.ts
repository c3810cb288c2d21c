import type { FieldError } from '../../../private/contract/errors';
import { OPENAI_EDIT_REQUEST_SCHEMA, OPENAI_GENERATE_REQUEST_SCHEMA } from '../../../private/contract/openai';
import { fieldErrorsOf, firstOfEach, type ObjectSchema } from '../../requests/validation-errors';
import { validateOpenAiEditRequest, validateOpenAiGenerateRequest } from '../../requests/validators/validators.generated';
import { ApiError } from '../../shared/errors';

type Data = Readonly<Record<string, unknown>>;

/** The fields that are heeded, as they came, and what is wrong with them. */
export interface Fields {
  readonly data: Data;
  readonly fieldErrors: readonly FieldError[];
}

export function generateFields(raw: Data): Fields {
  const data = heeded(raw, OPENAI_GENERATE_REQUEST_SCHEMA);
  if (validateOpenAiGenerateRequest(data)) return { data, fieldErrors: [] };
  return { data, fieldErrors: fieldErrorsOf(validateOpenAiGenerateRequest.errors ?? [], OPENAI_GENERATE_REQUEST_SCHEMA, data) };
}

export function editFields(raw: Data): Fields {
  const data = heeded(raw, OPENAI_EDIT_REQUEST_SCHEMA);
  if (validateOpenAiEditRequest(data)) return { data, fieldErrors: [] };
  return { data, fieldErrors: fieldErrorsOf(validateOpenAiEditRequest.errors ?? [], OPENAI_EDIT_REQUEST_SCHEMA, data) };
}

function heeded(raw: Data, { properties }: ObjectSchema): Data {
  return Object.fromEntries(Object.keys(properties).flatMap((name) => (raw[name] === undefined || raw[name] === null ? [] : [[name, raw[name]]])));
}

/** Our names of fields, where a client of OpenAI's knows another. */
const THEIR_NAMES: Readonly<Record<string, string>> = {
  '/count': '/n', '/width': '/size', '/height': '/size', '/aspectRatio': '/size', '/outputFormat': '/output_format', '/response': '/response_format',
};

/** What is wrong with a request, whoever found it, by the client's names of fields. */
export function fieldErrorsFrom(error: unknown): FieldError[] {
  if (!(error instanceof ApiError) || error.code !== 'INVALID_REQUEST' || !error.fieldErrors) throw error;
  // the operation was chosen here
  const faults = error.fieldErrors.filter(({ pointer }) => pointer !== '/operation');
  return firstOfEach(faults.map(({ pointer, detail }) => ({ pointer: THEIR_NAMES[pointer] ?? pointer, detail })));
}
