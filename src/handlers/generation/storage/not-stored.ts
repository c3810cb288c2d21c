import type { ResultImage } from './store-image';
import { ApiError } from '../../shared/api-error';

/** Returns the error for images that were charged but could neither be stored nor returned. `seedName`: the name of the seed in the request. */
export function notStored(images: readonly ResultImage[], seedName = 'seed'): ApiError {
  const seeds = images.flatMap(({ generated }) => generated?.seed ?? []).join(', ');
  const remedy = `; the same request with ${seedName} ${seeds} generates it again, with a new Idempotency-Key if it has one`;
  return new ApiError('INTERNAL', `the image was generated but could not be stored${seeds && remedy}`);
}
