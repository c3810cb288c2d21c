import { MIN_CALL_MS } from './deadlines';
import type { Clock, GeneratedImage, ImageModels } from './ports';
import { withRetries } from './retry';
import type { BackgroundRemoval } from './types';
import { ApiError } from '../shared/api-error';
import { describeCause, type Logger } from '../shared/log';

export interface RemoveBackgroundPorts {
  readonly models: ImageModels;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Removes the background of an image. If that fails, or there is no time for the call, returns the image unchanged: it has been charged. */
export async function removeBackground(
  image: GeneratedImage, { model, outputFormat }: BackgroundRemoval, deadline: number, { models, clock, log }: RemoveBackgroundPorts,
): Promise<GeneratedImage> {
  const unchanged = (code: string, cause?: unknown) => {
    log.error('background removal failed', { model: model.id, code, ...(cause !== undefined && describeCause(cause)) });
    return image;
  };
  if (clock.now() + MIN_CALL_MS > deadline) return unchanged('MODEL_TIMEOUT');
  try {
    const input = { image: image.bytes, count: 1, outputFormat };
    const [result] = await withRetries(() => models.generate(model, input, deadline), deadline, clock);
    return result instanceof ApiError ? unchanged(result.code, result.cause) : { ...result, seed: image.seed, isCutOut: true };
  } catch (error) {
    return error instanceof ApiError ? unchanged(error.code, error.cause) : unchanged('INTERNAL', error);
  }
}
