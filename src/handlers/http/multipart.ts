import { coerce } from './coerce';
import type { HttpRequest } from './request';
import { IMAGE_FIELDS } from '../requests/input-images';
import { firstOfEach, pointerTo, type ObjectSchema } from '../requests/validation-errors';
import { invalidRequest } from '../shared/errors';

const FORM = 'multipart/form-data';

export function isForm({ headers }: HttpRequest): boolean {
  return (headers['content-type'] ?? '').trim().toLowerCase().startsWith(FORM);
}

/** The fields of a form as a JSON body would have them: files in base64, numbers and booleans where the contract has them. */
export async function formBody(
  request: HttpRequest, { properties }: ObjectSchema, nameOf = (name: string): string => name,
): Promise<Record<string, unknown>> {
  const parts = [...await parse(request)].filter(([, value]) => !isUnfilled(value)).map(([name, value]) => [nameOf(name), value] as const);
  refuseRepeated(parts.map(([name]) => name));
  const fields = await Promise.all(parts.map(async ([name, value]): Promise<[string, unknown]> => {
    if (typeof value !== 'string' && IMAGE_FIELDS.some((field) => field === name)) return [name, Buffer.from(await value.arrayBuffer()).toString('base64')];
    // some clients send any field as a file
    const text = typeof value === 'string' ? value : await value.text();
    return [name, coerce(text, properties[name])];
  }));
  return Object.fromEntries(fields);
}

function refuseRepeated(names: readonly string[]): void {
  const seen = new Set<string>();
  const repeated = names.filter((name) => seen.size === seen.add(name).size);
  if (repeated.length > 0) throw invalidRequest(firstOfEach(repeated.map((name) => ({ pointer: pointerTo(name), detail: 'must be given once' }))));
}

/** How browsers send a file input that nobody used. */
function isUnfilled(value: string | File): boolean {
  return typeof value !== 'string' && value.name === '' && value.size === 0;
}

async function parse({ headers, bytes }: HttpRequest): Promise<FormData> {
  try {
    return await new Response(bytes, { headers: { 'content-type': headers['content-type'] ?? FORM } }).formData();
  } catch {
    throw invalidRequest([{ pointer: '', detail: `the body is not valid ${FORM}` }]);
  }
}
