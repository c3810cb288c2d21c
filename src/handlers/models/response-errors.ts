import type { FilteredContent } from '../../private/contract/errors';
import { ApiError } from '../shared/api-error';

/** A response that does not match the documentation of the model. `reason` does not quote the response. */
export function malformedResponse(reason: string): ApiError {
  return new ApiError('MODEL_ERROR', 'the model returned a malformed response', { cause: new Error(`malformed model response: ${reason}`) });
}

/** The model returned no image. The log contains the reason only if it is a known sentence. */
export function incompleteImage(reason: unknown): ApiError {
  return new ApiError('MODEL_ERROR', 'the model did not complete the image', { cause: new Error(JSON.stringify(reason) ?? '') });
}

/** What filters report, as problems state it. Other contents, such as `prompt or the input image`, can be either. */
const FILTERED: Readonly<Record<string, FilteredContent>> = { 'prompt': 'prompt', 'input image': 'input', 'output image': 'output', 'response': 'output' };

/** A filter intervened: that of the model or the guardrail. `content`: what it filtered, for example `input image`. */
export function contentFiltered(content: string, cause?: unknown, filter = 'model'): ApiError {
  const detail = `the ${filter} filtered the ${content}; change the request, because the same request is filtered again`;
  return new ApiError('CONTENT_FILTERED', detail, { filtered: FILTERED[content], cause });
}
