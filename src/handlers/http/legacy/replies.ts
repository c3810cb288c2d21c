import type { ConfiguredLegacyRoute } from '../../../private/contract/configuration';
import type { JsonObject } from '../../../private/contract/json-object';
import type { ImageResponse, ImageView } from '../../../private/contract/responses';
import type { GenerationResult } from '../../generation/create-images';
import { notFound } from '../../shared/errors';
import { storageError } from '../responses';

/** What clients of the old system read, beside what a client of `POST /images` gets: so they can move field by field. */
export function replyOf({ reply, message, parameters }: ConfiguredLegacyRoute, answer: ImageResponse, generated: GenerationResult): JsonObject {
  const [first, ...others] = answer.images;
  const { base64, ...described } = first;
  switch (reply) {
    case 'base64':
      // the picture itself once, or two of 2 MB would not fit
      return { ...answer, ...(base64 === undefined ? { url: urlOf(first) } : { image: base64 }), images: [described, ...others] };
    case 'storedMessage':
      return { ...answer, message, key: keyOf(generated, parameters) };
    default:
      return { statusCode: 200, body: urlOf(first), ...answer, images: [described, ...others] };
  }
}

/** What was not stored is in the answer: a URL can hold it as well. */
function urlOf({ url, base64, contentType }: ImageView): string {
  if (url !== undefined) return url;
  // a repeated request, whose images have expired meanwhile
  if (base64 === undefined) throw notFound();
  return `data:${contentType};base64,${base64}`;
}

/** Nothing may say that an image lies in the bucket which does not. */
function keyOf({ record, images }: GenerationResult, parameters: ConfiguredLegacyRoute['parameters']): string {
  const seedName = Object.keys(parameters).find((name) => parameters[name] === 'seed');
  if (record.images.length === 0) throw storageError(images, seedName);
  return record.images[0].key;
}
