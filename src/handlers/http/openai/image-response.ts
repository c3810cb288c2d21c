import { MODEL_QUALITY } from '../../../private/contract/openai';
import type { ImageResponse, ImageView } from '../../../private/contract/responses';
import type { GenerationResult } from '../../generation/create-images';
import type { HttpResponse } from '../request';

/** Clients add these up. They are 0: the models of this API are paid by the image. */
const NO_TOKENS = { input_tokens: 0, input_tokens_details: { image_tokens: 0, text_tokens: 0 }, output_tokens: 0, total_tokens: 0 };

interface Facts {
  readonly output_format: string;
  readonly size: string;
  /** Absent for models that are not ranked. */
  readonly quality?: string;
  /** Opaque if any of them is. */
  readonly background: 'opaque' | 'transparent';
}

export function imagesResponse(answer: ImageResponse, generated: GenerationResult): HttpResponse {
  const { images } = answer;
  return {
    status: 200,
    json: {
      created: created(answer),
      data: images.map(imageItem),
      ...factsOf(images[0], generated),
      usage: NO_TOKENS,
      ...ours(answer),
    },
  };
}

/** The same as the events of a stream: the gateway hands it out at once, when all images are done. */
export function streamResponse(answer: ImageResponse, generated: GenerationResult, type: 'image_generation' | 'image_edit'): HttpResponse {
  const events = answer.images.map((image) => ({
    type: `${type}.completed`,
    created_at: created(answer),
    quality: 'auto',
    ...factsOf(image, generated),
    ...imageItem(image),
    usage: NO_TOKENS,
    ...ours(answer),
  }));
  return {
    status: 200,
    text: { contentType: 'text/event-stream', body: events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('') },
  };
}

/** What GET /images/{id} finds it by, what became of the others, and why an image came by URL. */
function ours({ id, failures, warning }: ImageResponse): object {
  return { id, ...(failures && { failures }), ...(warning && { warning }) };
}

function created({ createdAt }: ImageResponse): number {
  return Math.floor(Date.parse(createdAt) / 1000);
}

function imageItem({ base64, url }: ImageView): object {
  return base64 === undefined ? { url } : { b64_json: base64 };
}

function factsOf({ contentType, width, height }: ImageView, { record, images }: GenerationResult): Facts {
  return {
    output_format: contentType.replace('image/', ''),
    size: `${width}x${height}`,
    ...(record.model in MODEL_QUALITY && { quality: MODEL_QUALITY[record.model] }),
    background: images.every(({ stored, generated }) => (stored ?? generated)?.isCutOut) ? 'transparent' : 'opaque',
  };
}
