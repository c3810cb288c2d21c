import type { ModelImage } from './family';
import type { GenerationInput } from '../../generation/ports';
import { contentFiltered } from '../filtered';
import { isRecord, malformedResponse, incompleteImage } from '../malformed-response';

/** The answer of Stability AI's newer models, which draw one image a call. */
export function parseStabilityResponse(body: unknown, { seed: asked }: GenerationInput): ModelImage[] {
  if (!isRecord(body)) throw malformedResponse('not an object');
  // a filtered request is HTTP 200 with a reason and no images
  if (Array.isArray(body.finish_reasons)) refuseUnfinished(body.finish_reasons[0]);
  const image: unknown = Array.isArray(body.images) ? body.images[0] : undefined;
  if (typeof image !== 'string' || image === '') throw malformedResponse('no image');
  const seed: unknown = Array.isArray(body.seeds) ? body.seeds[0] : undefined;
  return [{ bytes: Buffer.from(image, 'base64'), seed: typeof seed === 'number' ? seed : asked }];
}

const FILTERED = /^Filter reason: (prompt|input image|output image)$/;

function refuseUnfinished(reason: unknown): void {
  if (reason === null || reason === undefined) return;
  const side = typeof reason === 'string' ? FILTERED.exec(reason) : null;
  if (side) throw contentFiltered(side[1]);
  throw incompleteImage(reason);
}
