import { ApiError } from '../errors';
import type { Family, ModelImage } from './family';
import { isRecord, nonsense } from './nonsense';
import { pngOf } from './rgb-png';
import type { DrawInput } from '../generation/ports';

/** Stable Diffusion from SageMaker JumpStart. Asked for JPEG, endpoints of some versions answer with rows of numbers all the same. */
export const sageMakerStableDiffusion: Family = {
  // files in base64; the rows of numbers that come else soon are too large to travel
  accept: 'application/json;jpeg',

  buildRequest({ prompt, negativePrompt, width, height, seed, count, cfgScale, steps }: DrawInput): Record<string, unknown> {
    return {
      prompt,
      ...(negativePrompt !== undefined && { negative_prompt: negativePrompt }),
      ...(width !== undefined && { width }),
      ...(height !== undefined && { height }),
      ...(cfgScale !== undefined && { guidance_scale: cfgScale }),
      ...(steps !== undefined && { num_inference_steps: steps }),
      num_images_per_prompt: count,
      seed,
    };
  },

  parseResponse(body: unknown, { count, seed }: DrawInput) {
    const images = listOf(body).slice(0, count).map((image) => outcomeOf(image, seed));
    if (images.length === 0) throw nonsense('no image');
    return [...images, ...Array.from({ length: count - images.length }, () => nonsense('images are missing'))];
  },
};

function listOf(body: unknown): unknown[] {
  if (!isRecord(body)) throw nonsense('not an object');
  if (Array.isArray(body.generated_images)) return body.generated_images;
  return body.generated_image === undefined ? [] : [body.generated_image];
}

/** One that is broken must not take the others with it. */
function outcomeOf(image: unknown, seed: number | undefined): ModelImage | ApiError {
  try {
    return { bytes: bytesOf(image), seed };
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
}

function bytesOf(image: unknown): Uint8Array {
  if (typeof image === 'string' && image !== '') return Buffer.from(image, 'base64');
  if (Array.isArray(image)) return pngOf(image);
  throw nonsense('an image that is neither base64 nor rows of pixels');
}
