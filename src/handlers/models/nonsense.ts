import { ApiError } from '../errors';

/** The model answered, but not with what it documents. `what` says how, without quoting the answer. */
export function nonsense(what: string): ApiError {
  return new ApiError('MODEL_ERROR', 'the model gave an answer that could not be understood', { cause: new Error(`model answer: ${what}`) });
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
