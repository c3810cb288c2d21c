import type { GenerateRequest } from './types';
import type { ImageParameters } from '../../private/contract/responses';

/** DynamoDB rejects numbers closer to zero, except 0 itself, see "Supported data types" in the Amazon DynamoDB Developer Guide. */
const SMALLEST_NUMBER = 1e-130;

/** Returns the parameters of a request as records and responses contain them: those of the model call, without prompt and images. */
export function parametersOf({ input, maxSeed, enhance }: GenerateRequest, firstSeed: number): ImageParameters {
  const { prompt, mode, image, mask, styleImage, ...parameters } = input;
  return { ...storable(parameters), ...(maxSeed !== undefined && { seed: firstSeed }), ...(enhance && { enhancePrompt: true }) };
}

function storable<T extends object>(parameters: T): T {
  const isTooSmall = (value: unknown) => typeof value === 'number' && Math.abs(value) < SMALLEST_NUMBER;
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, isTooSmall(value) ? 0 : value])) as T;
}
