import { malformedResponse } from './response-errors';
import { ImageFormatError } from '../images/image-format-error';
import { ApiError } from '../shared/api-error';

/** The results of a model call: an image or an error each, so that one failure does not affect the other images. */

/** Returns the value of a function, or the `ApiError` that it throws. An image that cannot be read is a malformed response. */
export function resultOf<T>(read: () => T): T | ApiError {
  try {
    return read();
  } catch (error) {
    if (error instanceof ApiError) return error;
    if (error instanceof ImageFormatError) return malformedResponse(error.message);
    throw error;
  }
}

/** Returns `count` results. Missing ones get the same error. */
export function padResults<T>(results: readonly T[], count: number, missing: ApiError): (T | ApiError)[] {
  return [...results, ...Array.from({ length: count - results.length }, () => missing)];
}
