import type { MiddlewareStack } from '@smithy/types';
import { ImageDecoder, type DecodedDocument } from './image-decoder';
import { malformedResponse } from './response-errors';

interface StreamedResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  body: AsyncIterable<Buffer> | Uint8Array;
}

/**
 * Decodes the images in the response of a command while the response arrives. Returns a function that parses the response: its images are
 * byte arrays. Responses with an error stay with the SDK.
 */
export function decodeImages<Input extends object, Output extends object>(
  command: { readonly middlewareStack: MiddlewareStack<Input, Output> },
): () => unknown {
  let document: DecodedDocument | undefined;
  command.middlewareStack.add((next) => async (args) => {
    const result = await next(args);
    const response = result.response as StreamedResponse;
    if (response.statusCode === 200 && !(response.body instanceof Uint8Array)) {
      const decoder = new ImageDecoder(lengthOf(response));
      for await (const chunk of response.body) decoder.write(chunk);
      document = decoder.finish();
      response.body = new Uint8Array();
    }
    return result;
    // next to the HTTP handler, before the SDK reads the body
  }, { step: 'deserialize', priority: 'low' });
  return () => parseJson(document);
}

function lengthOf({ headers }: StreamedResponse): number | undefined {
  const length = Number(headers['content-length']);
  return length > 0 ? length : undefined;
}

/** Parses a document with its images as byte arrays. */
export function parseJson(document: DecodedDocument | undefined): unknown {
  const { json, images } = document ?? { json: '', images: new Map<unknown, Uint8Array>() };
  try {
    return images.size === 0 ? JSON.parse(json) : JSON.parse(json, (_, value: unknown) => images.get(value as string) ?? value);
  } catch {
    throw malformedResponse('not JSON');
  }
}

/** Returns the bytes of an image in a response, undefined if there is none. The decoder leaves short and unusual base64 strings in the document. */
export function imageBytes(value: unknown): Uint8Array | undefined {
  const bytes = typeof value === 'string' ? Buffer.from(value, 'base64') : value;
  return bytes instanceof Uint8Array && bytes.byteLength > 0 ? bytes : undefined;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
