import { ApiError } from '../shared/errors';

/** The model answered, but not with what it documents. `what` says how, without quoting the answer. */
export function malformedResponse(what: string): ApiError {
  return new ApiError('MODEL_ERROR', 'the model gave an answer that could not be understood', { cause: new Error(`model answer: ${what}`) });
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The model answered that there is no image. Its reason goes into the log, as JSON: not every object can be made a string. Whole: cut short, an echoed prompt would not be recognised there. */
export function incompleteImage(reason: unknown): ApiError {
  return new ApiError('MODEL_ERROR', 'the model did not finish the image', { cause: new Error(JSON.stringify(reason) ?? '') });
}

/** The JSON document in an answer's body. */
export function parseJson(bytes: Uint8Array | undefined): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw malformedResponse('not JSON');
  }
}
