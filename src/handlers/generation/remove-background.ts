import type { CreateImagesPorts } from './create-images';
import { MIN_CALL_MS } from './deadlines';
import type { GeneratedImage, Model } from './ports';
import { withRetries } from './retry';
import { ApiError } from '../shared/errors';
import { describeCause } from '../shared/log';

/** Removes backgrounds from what another model drew. */
export interface BackgroundRemoval {
  readonly model: Model;
  readonly outputFormat: string;
}

/** The picture without its background. Where that fails, or there is no time for it, the picture with it: it is paid for. */
export async function removeBackground(drawn: GeneratedImage, { model, outputFormat }: BackgroundRemoval, until: number, ports: CreateImagesPorts): Promise<GeneratedImage> {
  const kept = (code: string, cause?: unknown) => {
    ports.log.error('background not removed', { model: model.id, code, ...(cause !== undefined && describeCause(cause)) });
    return drawn;
  };
  if (ports.clock.now() + MIN_CALL_MS > until) return kept('MODEL_TIMEOUT');
  try {
    const [result] = await withRetries(() => ports.models.generate(model, { image: drawn.bytes, count: 1, outputFormat }, until), until, ports.clock);
    return result instanceof ApiError ? kept(result.code, result.cause) : { ...result, seed: drawn.seed, isCutOut: true };
  } catch (error) {
    return error instanceof ApiError ? kept(error.code, error.cause) : kept('INTERNAL', error);
  }
}
