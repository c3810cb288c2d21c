import { Filtered, half, Work } from './family';
import { JsonObject } from '../schema/schema-validation';

/** A filtered request is a success that names the reason instead of holding an image. One image a call, so "some" is that one. */
const FILTER_REASONS: Readonly<Record<Filtered, string>> = {
  prompt: 'Filter reason: prompt',
  input: 'Filter reason: input image',
  output: 'Filter reason: output image',
  some: 'Filter reason: output image',
};

/** The answers that all of Stability's models of this generation share, the image services among them. */
export function stabilityWork(seed: number, draw: () => Promise<Buffer>): Work {
  const drawn = (image: Buffer): JsonObject => ({ seeds: [seed], finish_reasons: [null], images: [image.toString('base64')] });
  const stopped = (reason: string): JsonObject => ({ seeds: [seed], finish_reasons: [reason] });
  return {
    answer: async () => drawn(await draw()),
    filtered: async (what) => stopped(FILTER_REASONS[what]),
    truncated: async () => drawn(half(await draw())),
    failed: () => stopped('Inference error'),
  };
}
