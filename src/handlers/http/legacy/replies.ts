import type { ConfiguredLegacyRoute } from '../../../private/contract/configuration';
import type { JsonObject } from '../../../private/contract/json-object';
import type { ImageResponse, ImageView } from '../../../private/contract/responses';
import type { GenerationResult } from '../../generation/image-generator';
import { notStored } from '../../generation/storage/not-stored';
import { notFound } from '../../shared/api-error';

/** Returns the response of `POST /images` with the fields of the legacy API, so that clients can migrate field by field. */
export function replyOf({ reply, message, parameters }: ConfiguredLegacyRoute, response: ImageResponse, result: GenerationResult): JsonObject {
  const [first, ...others] = response.images;
  const { base64, ...described } = first;
  switch (reply) {
    case 'base64':
      // without base64 in `images`, because the response would exceed its maximum size
      return { ...response, ...(base64 === undefined ? { url: urlOf(first) } : { image: base64 }), images: [described, ...others] };
    case 'storedMessage':
      return { ...response, message, key: keyOf(result, parameters) };
    default:
      return { statusCode: 200, body: urlOf(first), ...response, images: [described, ...others] };
  }
}

/** Returns a `data:` URL for an image that could not be stored. */
function urlOf({ url, base64, contentType }: ImageView): string {
  if (url !== undefined) return url;
  // the images of a repeated request have expired
  if (base64 === undefined) throw notFound();
  return `data:${contentType};base64,${base64}`;
}

/** Returns the key of the stored image. Throws if the image could not be stored. */
function keyOf({ record, images }: GenerationResult, parameters: ConfiguredLegacyRoute['parameters']): string {
  const seedName = Object.keys(parameters).find((name) => parameters[name] === 'seed');
  if (record.images.length === 0) throw notStored(images, seedName);
  return record.images[0].key;
}
