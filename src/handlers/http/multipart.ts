import { coerce } from './coerce';
import type { HttpRequest } from './request';
import type { JsonObject } from '../../private/contract/json-object';
import { IMAGE_FIELDS } from '../requests/input-images';
import { firstErrorPerField, pointerTo, type ObjectSchema } from '../requests/validation-errors';
import { invalidRequest } from '../shared/api-error';

const MULTIPART = 'multipart/form-data';

/** Returns whether the body is a multipart form. */
export function isForm({ headers }: HttpRequest): boolean {
  return (headers['content-type'] ?? '').trim().toLowerCase().startsWith(MULTIPART);
}

/** Parses a multipart form into the fields of the equivalent JSON body: files as base64, numbers and booleans by the schema. */
export async function formBody(request: HttpRequest, { properties }: ObjectSchema, fieldName = (name: string): string => name): Promise<JsonObject> {
  const parts = [...await parse(request)].filter(([, value]) => !isEmptyFile(value)).map(([name, value]) => [fieldName(name), value] as const);
  rejectRepeated(parts.map(([name]) => name));
  const fields = await Promise.all(parts.map(async ([name, value]): Promise<[string, unknown]> => {
    if (typeof value !== 'string' && IMAGE_FIELDS.some((field) => field === name)) return [name, Buffer.from(await value.arrayBuffer()).toString('base64')];
    // some clients send all fields as files
    const text = typeof value === 'string' ? value : await value.text();
    return [name, coerce(text, properties[name])];
  }));
  return Object.fromEntries(fields);
}

function rejectRepeated(names: readonly string[]): void {
  const seen = new Set<string>();
  const repeated = names.filter((name) => seen.size === seen.add(name).size);
  if (repeated.length > 0) throw invalidRequest(firstErrorPerField(repeated.map((name) => ({ pointer: pointerTo(name), detail: 'must not be repeated' }))));
}

/** Browsers send a file input without a selected file as an empty file without a name. */
function isEmptyFile(value: string | File): boolean {
  return typeof value !== 'string' && value.name === '' && value.size === 0;
}

async function parse({ headers, bytes }: HttpRequest): Promise<FormData> {
  try {
    return await new Response(bytes, { headers: { 'content-type': headers['content-type'] ?? MULTIPART } }).formData();
  } catch {
    throw invalidRequest([{ pointer: '', detail: `the body is not valid ${MULTIPART}` }]);
  }
}
