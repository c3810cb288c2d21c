import { coerce } from './coerce';
import { rejectCompression } from './content-encoding';
import { parameterOf, parseForm, textOf, type FormPart } from './form-parts';
import type { FieldError } from '../../../private/contract/errors';
import type { JsonObject } from '../../../private/contract/json-object';
import { IMAGE_FIELDS } from '../../requests/input-images';
import { pointerTo, type ObjectSchema } from '../../requests/validation-errors';
import { invalidRequest } from '../../shared/api-error';
import type { HttpRequest } from '../request';

const MULTIPART = 'multipart/form-data';

/** Returns whether the body is a multipart form. */
export function isForm(request: HttpRequest): boolean {
  return contentTypeOf(request).toLowerCase().startsWith(MULTIPART);
}

/**
 * Parses a multipart form into the fields of the equivalent JSON body: files as base64, numbers and booleans by the schema. Omits empty
 * fields, because forms also send inputs that were not filled in.
 */
export async function formBody(request: HttpRequest, { properties }: ObjectSchema, fieldName = (name: string): string => name): Promise<JsonObject> {
  rejectCompression(request.headers);
  const contentType = contentTypeOf(request);
  const parts = (await parseForm(contentType, request.bytes)).filter((part) => !isEmpty(part));
  const defaultCharset = charsetField(parts) ?? parameterOf(contentType, 'charset')?.toLowerCase();
  const fields = parts.filter(({ name }) => name !== CHARSET_FIELD).map((part) => ({ ...part, name: fieldName(part.name) }));
  rejectRepeated(fields.map(({ name }) => name));
  return Object.fromEntries(fields.map((part): [string, unknown] => {
    // reported or ignored by name
    if (!Object.hasOwn(properties, part.name)) return [part.name, part.bytes.toString('utf8')];
    if (isFile(part)) return [part.name, part.bytes.toString('base64')];
    return [part.name, coerce(textOf(part, defaultCharset, isImageField(part) ? IMAGE_REQUIREMENT : undefined), properties[part.name])];
  }));
}

const IMAGE_REQUIREMENT = 'must be a file with a file name or with Content-Type: image/*, or text: an id or base64';

function contentTypeOf({ headers }: HttpRequest): string {
  return (headers['content-type'] ?? '').trim();
}

/** A hidden field with the charset of the fields that do not declare one (RFC 7578). */
const CHARSET_FIELD = '_charset_';

function charsetField(parts: readonly FormPart[]): string | undefined {
  return parts.find(({ name }) => name === CHARSET_FIELD)?.bytes.toString('latin1').trim().toLowerCase();
}

/** Whether an image field contains the image itself. Some clients do not send a file name, and some send all fields as files. */
function isFile(part: FormPart): boolean {
  const { fileName, mediaType } = part;
  return isImageField(part) && (fileName !== undefined || mediaType.startsWith('image/') || mediaType === 'application/octet-stream');
}

function isImageField({ name }: Pick<FormPart, 'name'>): boolean {
  return IMAGE_FIELDS.some((field) => field === name);
}

/** A text input that was not filled in, or a file input without a selected file. An empty file that has a name is not empty: it is an invalid image. */
function isEmpty({ fileName, bytes }: FormPart): boolean {
  return bytes.length === 0 && !fileName;
}

function rejectRepeated(names: readonly string[]): void {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const fieldErrors = [...counts].filter(([, count]) => count > 1).map(([name, count]): FieldError => ({
    pointer: pointerTo(name),
    detail: isImageField({ name }) ? `must be one image at a time, got ${count}` : `must not be repeated, got ${count} values`,
  }));
  if (fieldErrors.length > 0) throw invalidRequest(fieldErrors);
}
