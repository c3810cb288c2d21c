import type { Family } from './family';
import { parseStabilityResponse } from './stability-response';
import type { GenerationInput } from '../../generation/ports';

/** Stable Image Core, Stable Image Ultra and Stable Diffusion 3.5. */
export const stabilityV2: Family = {
  buildRequest({ prompt, negativePrompt, aspectRatio, seed, outputFormat, image, strength, mode }: GenerationInput): Record<string, unknown> {
    return {
      prompt,
      negative_prompt: negativePrompt,
      aspect_ratio: aspectRatio,
      image: image && Buffer.from(image).toString('base64'),
      strength,
      mode,
      seed,
      output_format: outputFormat,
    };
  },

  parseResponse: parseStabilityResponse,
};
