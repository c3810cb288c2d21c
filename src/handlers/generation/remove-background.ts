import { MIN_CALL_MS, notEnoughTime } from './deadlines';
import type { Clock, GeneratedImage, ImageModels } from './ports';
import { withRetries } from './retry';
import { afterModelCall } from './spend/charges';
import { imagePrice } from './spend/prices';
import type { Spending } from './spend/spending';
import type { BackgroundRemoval } from './types';
import { ApiError } from '../shared/api-error';
import { describeCause, type Logger } from '../shared/log';

export interface RemoveBackgroundPorts {
  readonly models: ImageModels;
  readonly clock: Clock;
  readonly log: Logger;
  readonly spending: Spending;
}

/** Removes the background of an image. If that fails, or there is no time for the call, returns the image unchanged: it has been charged. */
export async function removeBackground(
  image: GeneratedImage, { model, outputFormat }: BackgroundRemoval, deadline: number, { models, clock, log, spending }: RemoveBackgroundPorts,
): Promise<GeneratedImage> {
  const unchanged = (cause: unknown): GeneratedImage => {
    const error = afterModelCall(cause);
    log.error('background removal failed', { model: model.id, code: error.code, ...(error.cause !== undefined && describeCause(error.cause)) });
    if (!error.mayBeCharged) return image;
    spending.charge(imagePrice(model), 'maybe');
    return { ...image, isRemovalCharged: true };
  };
  if (clock.now() + MIN_CALL_MS > deadline) return unchanged(notEnoughTime());
  try {
    const input = { image: image.bytes, count: 1, outputFormat };
    const [result] = await withRetries(() => models.generate(model, input, deadline), deadline, clock);
    if (result instanceof ApiError) return unchanged(result);
    spending.charge(imagePrice(model));
    return { ...result, seed: image.seed, isCutOut: true };
  } catch (error) {
    return unchanged(error);
  }
}
