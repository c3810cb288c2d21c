import type { ModelImage } from './family';
import type { GenerationInput } from '../../generation/ports';
import { imageBytes, isRecord } from '../response-body';
import { contentFiltered, malformedResponse, incompleteImage } from '../response-errors';

/** Parses the response of newer Stability AI models, which return one image per call. */
export function parseStabilityResponse(body: unknown, { seed: requestedSeed }: GenerationInput): ModelImage[] {
  if (!isRecord(body)) throw malformedResponse('not an object');
  // the response to a filtered request has status 200, a reason and no image
  if (Array.isArray(body.finish_reasons)) checkFinishReason(body.finish_reasons[0]);
  const bytes = Array.isArray(body.images) ? imageBytes(body.images[0]) : undefined;
  if (!bytes) throw malformedResponse('no image');
  const seed: unknown = Array.isArray(body.seeds) ? body.seeds[0] : undefined;
  return [{ bytes, seed: typeof seed === 'number' ? seed : requestedSeed }];
}

const FILTERED = /^Filter reason: (prompt|input image|output image)$/;

function checkFinishReason(reason: unknown): void {
  if (reason === null || reason === undefined) return;
  const filtered = typeof reason === 'string' ? FILTERED.exec(reason) : null;
  if (filtered) throw contentFiltered(filtered[1]);
  throw incompleteImage(reason);
}
