import { randomInt } from 'node:crypto';
import { type FilteredContent, firstHalf, type Outcomes } from './family';
import { type ParameterFact } from '../schema/documented-facts';
import { type JsonObject } from '../schema/schema-validation';

/** Finish reasons of filtered calls, which are success responses without images. A call generates one image, so `some` equals `output`. */
const FILTER_REASONS: Readonly<Record<FilteredContent, string>> = {
  prompt: 'Filter reason: prompt',
  input: 'Filter reason: input image',
  output: 'Filter reason: output image',
  some: 'Filter reason: output image',
};

/** Returns the requested seed, or a random one if it is 0 or missing. */
export function effectiveSeed(requested: number | undefined, { max }: ParameterFact): number {
  return requested || randomInt(1, max!);
}

/** Returns the outcomes of Stability AI models, including the image services. */
export function stabilityOutcomes(seed: number, render: () => Promise<Buffer>): Outcomes {
  const success = (image: Buffer): JsonObject => ({ seeds: [seed], finish_reasons: [null], images: [image.toString('base64')] });
  const failure = (reason: string): JsonObject => ({ seeds: [seed], finish_reasons: [reason] });
  return {
    success: async () => success(await render()),
    filtered: async (content) => failure(FILTER_REASONS[content]),
    truncated: async () => success(firstHalf(await render())),
    failed: () => failure('Inference error'),
  };
}
