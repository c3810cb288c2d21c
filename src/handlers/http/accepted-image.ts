import { IMAGE_MEDIA_TYPES } from '../../private/contract/routes';

/** What the `Accept` header requests: an image (of any format, without `format`), JSON, or nothing that can be produced. */
export type Accepted = { readonly image: { readonly format?: string } } | 'json' | 'none';

/** Returns the first media type that can be produced, by quality and then by position. `formats`: the formats that can be produced. */
export function acceptedType(accept: string | undefined, formats: readonly string[]): Accepted {
  const types = (accept ?? '*/*').split(',').map(mediaType);
  // API Gateway returns binary data only if the first type is one of its binary media types
  if (!IMAGE_MEDIA_TYPES.some((type) => type === types[0].name)) return 'json';
  const byQuality = types.filter(({ quality }) => quality > 0).sort((a, b) => b.quality - a.quality);
  for (const { name } of byQuality) {
    if (JSON_TYPES.includes(name)) return 'json';
    if (name === 'image/*') return { image: {} };
    const format = formats.find((each) => name === `image/${each}` || (name === 'image/jpg' && each === 'jpeg'));
    if (format !== undefined) return { image: { format } };
  }
  return 'none';
}

/** The default of the API is JSON. */
const JSON_TYPES = ['*/*', 'application/*', 'application/json'];

function mediaType(text: string): { readonly name: string; readonly quality: number } {
  const [name, ...parameters] = text.toLowerCase().split(';').map((part) => part.trim());
  const [quality = 1] = parameters.flatMap((parameter) => (/^q=./.test(parameter) ? Number(parameter.slice(2)) : []));
  // a quality that is empty or not a number is ignored
  return { name, quality: Number.isNaN(quality) ? 1 : quality };
}
