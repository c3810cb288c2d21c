import type { Family, ModelImage } from './family';
import type { GenerationInput } from '../../generation/ports';
import type { ApiError } from '../../shared/errors';
import { contentFiltered } from '../filtered';
import { isRecord, malformedResponse, incompleteImage } from '../malformed-response';
import { padResults } from '../result';

/** Amazon Titan Image Generator and Nova Canvas: up to five images a call, all of one seed. */
export const amazonImage: Family = {
  buildRequest({ prompt, negativePrompt, style, width, height, seed, count, cfgScale, quality }: GenerationInput): Record<string, unknown> {
    return {
      taskType: 'TEXT_IMAGE',
      textToImageParams: {
        text: prompt,
        ...(negativePrompt !== undefined && { negativeText: negativePrompt }),
        // one way of writing for the styles of all models
        ...(style !== undefined && { style: style.toUpperCase().replaceAll('-', '_') }),
      },
      imageGenerationConfig: {
        numberOfImages: count,
        ...(width !== undefined && { width }),
        ...(height !== undefined && { height }),
        ...(cfgScale !== undefined && { cfgScale }),
        ...(quality !== undefined && { quality }),
        seed,
      },
    };
  },

  parseResponse(body: unknown, { count, seed }: GenerationInput): (ModelImage | ApiError)[] {
    if (!isRecord(body)) throw malformedResponse('not an object');
    const listed: unknown[] = Array.isArray(body.images) ? body.images : [];
    const images = listed.filter((image): image is string => typeof image === 'string' && image !== '').slice(0, count);
    // some of several may be missing, with a reason in `error`
    const missing = missingBecause(body.error);
    if (images.length === 0) throw missing;
    return padResults(images.map((image) => ({ bytes: Buffer.from(image, 'base64'), seed })), count, missing);
  },
};

function missingBecause(error: unknown): ApiError {
  if (typeof error !== 'string' || error === '') return malformedResponse('no image');
  if (/blocked by our content filters/i.test(error)) return contentFiltered('output image');
  return incompleteImage(error);
}
