import type { FieldError } from '../../private/contract/errors';
import type { InputImageLoader } from '../generation/input-image-loader';
import type { GenerateRequest } from '../generation/types';
import { ApiError, invalidRequest } from '../shared/api-error';

/** Each check has the images of one request in memory. */
const MAX_PARALLEL_CHECKS = 4;

/**
 * Loads the input images of a batch, so that their errors are returned to the client. Requests with equal images are checked once. `requests`:
 * in the order of the batch, and undefined for refused ones.
 */
export async function checkInputImages(
  requests: readonly (GenerateRequest | undefined)[], owner: string, inputImages: InputImageLoader,
): Promise<void> {
  const errors: FieldError[][] = requests.map(() => []);
  const groups = equalImages(requests);
  for (let start = 0; start < groups.length; start += MAX_PARALLEL_CHECKS) {
    await Promise.all(groups.slice(start, start + MAX_PARALLEL_CHECKS).map(async ({ request, indexes }) => {
      const found = await inputImageErrors(request, owner, inputImages);
      for (const index of indexes) errors[index] = atRequest(index, found);
    }));
  }
  if (errors.some(({ length }) => length > 0)) throw invalidRequest(errors.flat());
}

/** Returns the errors of a request with pointers into the batch. */
export function atRequest(index: number, errors: readonly FieldError[]): FieldError[] {
  return errors.map(({ pointer, detail }) => ({ pointer: `/requests/${index}${pointer}`, detail }));
}

interface EqualImages {
  readonly request: GenerateRequest;
  readonly indexes: number[];
}

/** Groups the requests that have input images by model and images. */
function equalImages(requests: readonly (GenerateRequest | undefined)[]): EqualImages[] {
  const groups = new Map<string, EqualImages>();
  for (const [index, request] of requests.entries()) {
    if (!request || request.inputImages.length === 0) continue;
    const key = JSON.stringify([request.model.id, request.inputImages]);
    const group = groups.get(key);
    if (group) group.indexes.push(index);
    else groups.set(key, { request, indexes: [index] });
  }
  return [...groups.values()];
}

async function inputImageErrors(request: GenerateRequest, owner: string, inputImages: InputImageLoader): Promise<readonly FieldError[]> {
  try {
    await inputImages.load(request, owner);
    return [];
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return error.fieldErrors ?? [{ pointer: '', detail: error.message }];
  }
}
