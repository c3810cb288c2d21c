import { LocalRunError } from '../../local/cli/local-run-error';

/** Returns the error of a promise that must reject with a `LocalRunError`. */
export async function errorOf(promise: Promise<unknown>): Promise<LocalRunError> {
  const error = await promise.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(LocalRunError);
  return error as LocalRunError;
}
