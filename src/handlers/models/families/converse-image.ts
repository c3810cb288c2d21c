import type { Family, ModelImage } from './family';
import type { GenerationInput } from '../../generation/ports';
import { isRecord } from '../response-body';
import { contentFiltered, malformedResponse } from '../response-errors';

/** Models that return images as content blocks of the Converse API. */
export const converseImage: Family = {
  buildRequest({ prompt }: GenerationInput): Record<string, unknown> {
    return { messages: [{ role: 'user', content: [{ text: prompt }] }] };
  },

  parseResponse(body: unknown): ModelImage[] {
    if (!isRecord(body)) throw malformedResponse('not an object');
    if (body.stopReason === 'content_filtered' || body.stopReason === 'guardrail_intervened') throw contentFiltered('prompt or the output image');
    const message = isRecord(body.output) ? body.output.message : undefined;
    const blocks: unknown[] = isRecord(message) && Array.isArray(message.content) ? message.content : [];
    for (const block of blocks) {
      const bytes = imageOf(block);
      if (bytes) return [{ bytes }];
    }
    throw malformedResponse('no image');
  },
};

function imageOf(block: unknown): Uint8Array | undefined {
  const image = isRecord(block) ? block.image : undefined;
  const source = isRecord(image) ? image.source : undefined;
  const bytes = isRecord(source) ? source.bytes : undefined;
  return bytes instanceof Uint8Array && bytes.byteLength > 0 ? bytes : undefined;
}
