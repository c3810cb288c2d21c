import type { Family, ModelImage } from './family';
import type { GenerationInput } from '../../generation/ports';
import type { ApiError } from '../../shared/api-error';
import { imageBytes, isRecord } from '../response-body';
import { contentFiltered, malformedResponse, incompleteImage } from '../response-errors';
import { padResults } from '../results';

/** Amazon Titan Image Generator and Nova Canvas: up to five images per call, with one seed. */
export const amazonImage: Family = {
  buildRequest({ prompt, negativePrompt, style, width, height, seed, count, cfgScale, quality }: GenerationInput): Record<string, unknown> {
    return {
      taskType: 'TEXT_IMAGE',
      textToImageParams: {
        text: prompt,
        negativeText: negativePrompt,
        // the API writes the styles of all models in kebab case
        style: style?.toUpperCase().replaceAll('-', '_'),
      },
      imageGenerationConfig: {
        numberOfImages: count,
        width,
        height,
        cfgScale,
        quality,
        seed,
      },
    };
  },

  parseResponse(body: unknown, { count, seed }: GenerationInput): (ModelImage | ApiError)[] {
    if (!isRecord(body)) throw malformedResponse('not an object');
    const list: unknown[] = Array.isArray(body.images) ? body.images : [];
    const images = list.flatMap((image) => imageBytes(image) ?? []).slice(0, count);
    // `error` is the reason if only some images are missing
    return padResults(images.map((bytes) => ({ bytes, seed })), count, missingImageError(body.error));
  },
};

function missingImageError(error: unknown): ApiError {
  if (typeof error !== 'string' || error === '') return malformedResponse('no image');
  if (/blocked by our content filters/i.test(error)) return contentFiltered('output image');
  return incompleteImage(error);
}
