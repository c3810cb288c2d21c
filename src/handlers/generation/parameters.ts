import type { GenerateRequest } from './types';
import type { ImageParameters } from '../../private/contract/responses';

/** Returns the parameters of a request as records and responses contain them: those of the model call, without prompt and images. */
export function parametersOf({ input, maxSeed, enhance }: GenerateRequest, firstSeed: number): ImageParameters {
  const { prompt, mode, image, mask, styleImage, ...parameters } = input;
  return { ...parameters, ...(maxSeed !== undefined && { seed: firstSeed }), ...(enhance && { enhancePrompt: true }) };
}
