import { ApiError } from '../shared/errors';

/** A model's own filter took offence. `what`: the prompt, the input image or the output image. */
export function contentFiltered(what: string): ApiError {
  return new ApiError('CONTENT_FILTERED', `the model filtered the ${what}; change the request, a repetition is filtered again`);
}
