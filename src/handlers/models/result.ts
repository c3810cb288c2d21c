import { ApiError } from '../shared/errors';

/** What became of each image of a call: one that is broken must not take the others with it. */

/** The value, or the `ApiError` instead of it. */
export function resultOf<T>(work: () => T): T | ApiError {
  try {
    return work();
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
}

/** An outcome for each of `count` images; those that are not there share the reason. */
export function padResults<T>(outcomes: readonly T[], count: number, missing: ApiError): (T | ApiError)[] {
  return [...outcomes, ...Array.from({ length: count - outcomes.length }, () => missing)];
}
