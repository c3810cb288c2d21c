import { MODEL_QUALITY } from '../../../private/contract/openai';
import type { ImageResponse, ImageView } from '../../../private/contract/responses';
import type { GenerationResult } from '../../generation/image-generator';
import type { HttpResponse } from '../request';

/** The response requires token counts. They are 0, because the models are charged by image. */
const USAGE = { input_tokens: 0, input_tokens_details: { image_tokens: 0, text_tokens: 0 }, output_tokens: 0, total_tokens: 0 };

interface OutputFields {
  readonly output_format: string;
  readonly size: string;
  /** Absent for models without a quality. */
  readonly quality?: string;
  /** `opaque` if any image is opaque. */
  readonly background: 'opaque' | 'transparent';
}

/** Returns images in the format of the OpenAI API. */
export function imagesResponse(response: ImageResponse, result: GenerationResult): HttpResponse {
  const { images } = response;
  return {
    status: 200,
    json: {
      created: createdAt(response),
      data: images.map(imageItem),
      ...outputFields(images[0], result),
      usage: USAGE,
      ...extensionFields(response),
    },
  };
}

/** Returns images as server-sent events. API Gateway buffers the response, so the client receives all events at the end. */
export function streamResponse(response: ImageResponse, result: GenerationResult, type: 'image_generation' | 'image_edit'): HttpResponse {
  const events = response.images.map((image) => ({
    type: `${type}.completed`,
    created_at: createdAt(response),
    quality: 'auto',
    ...outputFields(image, result),
    ...imageItem(image),
    usage: USAGE,
    ...extensionFields(response),
  }));
  return {
    status: 200,
    text: { contentType: 'text/event-stream', body: events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('') },
  };
}

/** Returns the fields that the OpenAI API does not have. */
function extensionFields({ id, failures, warning }: ImageResponse): object {
  return { id, ...(failures && { failures }), ...(warning && { warning }) };
}

function createdAt(response: ImageResponse): number {
  return Math.floor(Date.parse(response.createdAt) / 1000);
}

function imageItem({ base64, url }: ImageView): object {
  return base64 === undefined ? { url } : { b64_json: base64 };
}

function outputFields({ contentType, width, height }: ImageView, { record, images }: GenerationResult): OutputFields {
  return {
    output_format: contentType.replace('image/', ''),
    size: `${width}x${height}`,
    ...(record.model in MODEL_QUALITY && { quality: MODEL_QUALITY[record.model] }),
    background: images.every(({ stored, generated }) => (stored ?? generated)?.isCutOut) ? 'transparent' : 'opaque',
  };
}
