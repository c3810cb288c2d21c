import { ApiError } from '../shared/api-error';

/** A response that does not match the documentation of the model. `reason` does not quote the response. */
export function malformedResponse(reason: string): ApiError {
  return new ApiError('MODEL_ERROR', 'the model returned a malformed response', { cause: new Error(`malformed model response: ${reason}`) });
}

/** The model returned no image. The log contains the reason only if it is a known sentence. */
export function incompleteImage(reason: unknown): ApiError {
  return new ApiError('MODEL_ERROR', 'the model did not complete the image', { cause: new Error(JSON.stringify(reason) ?? '') });
}

/** The content filter of the model intervened. `content`: prompt, input image or output image. */
export function contentFiltered(content: string, cause?: unknown): ApiError {
  return new ApiError('CONTENT_FILTERED', `the model filtered the ${content}; change the request, because the same request is filtered again`, { cause });
}
