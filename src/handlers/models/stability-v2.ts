import { ApiError } from '../errors';
import type { Family, ModelImage } from './family';
import { isRecord, nonsense } from './nonsense';
import type { DrawInput } from '../generation/ports';

/** Stable Image Core and Ultra, Stable Diffusion 3.5. One image a call. */
export const stabilityV2: Family = {
  buildRequest({ prompt, negativePrompt, aspectRatio, seed, outputFormat }: DrawInput): Record<string, unknown> {
    return {
      prompt,
      ...(negativePrompt !== undefined && { negative_prompt: negativePrompt }),
      ...(aspectRatio !== undefined && { aspect_ratio: aspectRatio }),
      seed,
      output_format: outputFormat,
    };
  },

  parseResponse(body: unknown, input: DrawInput): ModelImage {
    if (!isRecord(body)) throw nonsense('not an object');
    // a filtered request is HTTP 200 with a reason and no images
    if (Array.isArray(body.finish_reasons)) refuseUnfinished(body.finish_reasons[0]);
    const image: unknown = Array.isArray(body.images) ? body.images[0] : undefined;
    if (typeof image !== 'string' || image === '') throw nonsense('no image');
    const seed: unknown = Array.isArray(body.seeds) ? body.seeds[0] : undefined;
    return { bytes: Buffer.from(image, 'base64'), seed: typeof seed === 'number' ? seed : input.seed };
  },
};

const FILTERED = /^Filter reason: (prompt|input image|output image)$/;

function refuseUnfinished(reason: unknown): void {
  if (reason === null || reason === undefined) return;
  const filtered = typeof reason === 'string' ? FILTERED.exec(reason) : null;
  if (filtered) throw new ApiError('CONTENT_FILTERED', `the model filtered the ${filtered[1]}; change the request, a repetition is filtered again`);
  throw new ApiError('MODEL_ERROR', 'the model did not finish the image', { cause: new Error(String(reason).slice(0, 100)) });
}
