import type { FieldError } from '../../../private/contract/errors';
import type { JsonObject } from '../../../private/contract/json-object';
import { isAbsent } from '../body/absent-values';

export interface ConvertedBody {
  readonly raw: JsonObject;
  readonly fieldErrors: readonly FieldError[];
}

/** Converts `images` and the object `mask` of a JSON body to the fields `image` and `mask` of a form. */
export function withImageFields({ images, ...raw }: JsonObject): ConvertedBody {
  const fieldErrors: FieldError[] = [];
  const convert = (value: unknown, pointer: string) => {
    const converted = dataUrlOf(value, pointer);
    if (typeof converted === 'string') return converted;
    fieldErrors.push(converted);
    return undefined;
  };

  const fields: Record<string, unknown> = { ...raw };
  if (Array.isArray(raw.image)) {
    if (raw.image.length === 1) [fields.image] = raw.image;
    else fieldErrors.push(severalImages('/image', raw.image));
  }
  if (!isAbsent(images)) {
    if (!isAbsent(raw.image)) fieldErrors.push({ pointer: '/images', detail: 'cannot be combined with image' });
    else if (!Array.isArray(images)) fieldErrors.push({ pointer: '/images', detail: 'must be a list with one object, for example [{"image_url": "data:image/png;base64,..."}]' });
    else if (images.length !== 1) fieldErrors.push(severalImages('/images', images));
    else fields.image = convert(images[0], '/images/0');
  }
  if (typeof raw.mask === 'object' && raw.mask !== null) fields.mask = convert(raw.mask, '/mask');
  return { raw: fields, fieldErrors };
}

function severalImages(pointer: string, images: readonly unknown[]): FieldError {
  return { pointer, detail: `must be one image at a time, got ${images.length}` };
}

const DATA_URL = /^\s*data:/i;
const WEB_URL = /^\s*https?:/i;

/** Returns the data URL of an image object, or the error. */
function dataUrlOf(value: unknown, pointer: string): string | FieldError {
  if (typeof value !== 'object' || value === null) return { pointer, detail: 'must be an object with a data URL in image_url' };
  const { image_url: url, file_id: file } = value as JsonObject;
  if (typeof url === 'string' && DATA_URL.test(url)) return url;
  if (!isAbsent(file)) return { pointer: `${pointer}/file_id`, detail: 'is not supported; send the image as a data URL in image_url' };
  const got = typeof url === 'string' && WEB_URL.test(url) ? ', got a web URL, which this API does not download' : '';
  return { pointer: `${pointer}/image_url`, detail: `must be a data URL, for example data:image/png;base64,...${got}` };
}
