import type { Family, ModelImage } from './family';
import type { GenerationInput } from '../../generation/ports';
import { encodeRgbPng } from '../../images/rgb-png';
import { imageBytes, isRecord } from '../response-body';
import { malformedResponse } from '../response-errors';
import { resultOf, padResults } from '../results';

/** Stable Diffusion of SageMaker JumpStart. Endpoints of some versions return rows of pixels even if JPEG is requested. */
export const sageMakerStableDiffusion: Family = {
  // JPEG files in base64: rows of pixels soon exceed the response limit
  accept: 'application/json;jpeg',

  buildRequest({ prompt, negativePrompt, width, height, seed, count, cfgScale, steps }: GenerationInput): Record<string, unknown> {
    return {
      prompt,
      negative_prompt: negativePrompt,
      width,
      height,
      guidance_scale: cfgScale,
      num_inference_steps: steps,
      num_images_per_prompt: count,
      seed,
    };
  },

  parseResponse(body: unknown, { count, seed }: GenerationInput) {
    const images = imageList(body).slice(0, count).map((image) => resultOf((): ModelImage => ({ bytes: decodeImage(image), seed })));
    if (images.length === 0) throw malformedResponse('no image');
    return padResults(images, count, malformedResponse('images are missing'));
  },
};

function imageList(body: unknown): unknown[] {
  if (!isRecord(body)) throw malformedResponse('not an object');
  if (Array.isArray(body.generated_images)) return body.generated_images;
  return body.generated_image === undefined ? [] : [body.generated_image];
}

function decodeImage(image: unknown): Uint8Array {
  if (Array.isArray(image)) return encodeRgbPng(image);
  const bytes = imageBytes(image);
  if (bytes) return bytes;
  throw malformedResponse('an image is neither base64 nor rows of pixels');
}
