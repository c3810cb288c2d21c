import type { Family, ModelImage } from './family';
import type { GenerationInput } from '../../generation/ports';
import { pngOf } from '../../images/rgb-png';
import { isRecord, malformedResponse } from '../malformed-response';
import { resultOf, padResults } from '../result';

/** Stable Diffusion from SageMaker JumpStart. Asked for JPEG, endpoints of some versions answer with rows of numbers all the same. */
export const sageMakerStableDiffusion: Family = {
  // files in base64; the rows of numbers that come else soon are too large to travel
  accept: 'application/json;jpeg',

  buildRequest({ prompt, negativePrompt, width, height, seed, count, cfgScale, steps }: GenerationInput): Record<string, unknown> {
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

  parseResponse(body: unknown, { count, seed }: GenerationInput) {
    const images = listOf(body).slice(0, count).map((image) => resultOf((): ModelImage => ({ bytes: bytesOf(image), seed })));
    if (images.length === 0) throw malformedResponse('no image');
    return padResults(images, count, malformedResponse('images are missing'));
  },
};

function listOf(body: unknown): unknown[] {
  if (!isRecord(body)) throw malformedResponse('not an object');
  if (Array.isArray(body.generated_images)) return body.generated_images;
  return body.generated_image === undefined ? [] : [body.generated_image];
}

function bytesOf(image: unknown): Uint8Array {
  if (typeof image === 'string' && image !== '') return Buffer.from(image, 'base64');
  if (Array.isArray(image)) return pngOf(image);
  throw malformedResponse('an image that is neither base64 nor rows of pixels');
}
