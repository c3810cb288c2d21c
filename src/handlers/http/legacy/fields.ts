import { SIZE_TARGET, type ConfiguredLegacyRoute } from '../../../private/contract/configuration';
import type { FieldError } from '../../../private/contract/errors';
import { firstOfEach, pointerTo, show, type ObjectSchema } from '../../requests/validation-errors';
import { ApiError, invalidRequest } from '../../shared/errors';
import { coerce } from '../coerce';
import { jsonObject, type HttpRequest } from '../request';

export type Data = Readonly<Record<string, unknown>>;

/** What an old client sent: fields of a JSON body, and of the query what the body lacks or leaves empty. */
export interface LegacyFields {
  readonly values: Data;
  /** Where a field is, as faults name it: by name alone in a query. */
  readonly place: (name: string) => string;
}

export function legacyFields(request: HttpRequest, { prompt }: ConfiguredLegacyRoute): LegacyFields {
  const { query } = request;
  const body = request.method === 'POST' ? bodyOf(request, query[prompt]) : {};
  const isInQuery = (name: string) => Object.hasOwn(query, name) && (!Object.hasOwn(body, name) || isUnfilled(body[name]));
  return {
    values: { ...body, ...Object.fromEntries(Object.entries(query).filter(([name]) => isInQuery(name))) },
    place: (name) => (isInQuery(name) || request.method === 'GET' ? name : pointerTo(name)),
  };
}

/** Programs whose parameters are all in the query send any body or none. */
function bodyOf(request: HttpRequest, promptOfQuery: string | undefined): Data {
  const text = request.bytes.toString('utf8').trim();
  const isObject = text.startsWith('{');
  return text === '' || text === 'null' || (!isObject && !isUnfilled(promptOfQuery)) ? {} : jsonObject(request);
}

export interface Translation {
  /** By the names of the contract. */
  readonly data: Data;
  /** Names that the old client sent in vain. */
  readonly ignored: readonly string[];
}

/** What an old client sent by our names, but for what the model of today cannot honour and what nobody knows. */
export function translate(
  { values, place }: LegacyFields, { prompt, parameters }: ConfiguredLegacyRoute, { properties }: ObjectSchema, honours: (ours: string) => boolean,
): Translation {
  const ourNames = new Map([[prompt, 'prompt'], ...Object.entries(parameters)]);
  const given = Object.entries(values).filter(([name, value]) => name === prompt || !isUnfilled(value));
  const known = given.flatMap(([name, value]) => {
    const ours = ourNames.get(name);
    return ours !== undefined && honours(ours) ? [{ name, ours, value }] : [];
  });
  refuseSynonyms(known, place);
  const text = promptOf(known, prompt, place);
  const others = known.filter(({ ours }) => ours !== 'prompt').flatMap((field) => inOurWords(field, properties, place));
  return {
    data: { ...Object.fromEntries(others), ...(text !== undefined && { prompt: text }) },
    ignored: given.flatMap(([name]) => (known.some((each) => each.name === name) ? [] : name)),
  };
}

/** A field that counts. */
interface Known {
  readonly name: string;
  readonly ours: string;
  readonly value: unknown;
}

/** The prompt with what other fields add to it, wherever there is one. */
function promptOf(known: readonly Known[], prompt: string, place: LegacyFields['place']): unknown {
  const fields = known.filter(({ ours }) => ours === 'prompt');
  const own = fields.find(({ name }) => name === prompt)?.value;
  if (typeof own !== 'string' || own.trim() === '') return own;
  const more = fields.filter(({ name, value }) => name !== prompt && !(typeof value === 'string' && value.trim() === ''));
  const faults = more.filter(({ value }) => typeof value !== 'string');
  if (faults.length > 0) throw invalidRequest(faults.map(({ name, value }) => ({ pointer: place(name), detail: `must be a text, got ${show(value)}` })));
  return [own, ...more.map(({ value }) => value)].join(', ');
}

function inOurWords({ name, ours, value }: Known, properties: ObjectSchema['properties'], place: LegacyFields['place']): [string, unknown][] {
  if (ours !== SIZE_TARGET) return [[ours, typeof value === 'string' ? coerce(value, properties[ours]) : value]];
  const sides = typeof value === 'string' ? SIZE.exec(value) : null;
  if (!sides) throw invalidRequest([{ pointer: place(name), detail: `must be a width and a height, for example 1024x768, got ${show(value)}` }]);
  return [['width', Number(sides[1])], ['height', Number(sides[2])]];
}

const SIZE = /^\s*(\d{1,5})\s*[xX×*,]\s*(\d{1,5})\s*$/;

/** An input of a form that nobody filled in, a variable that nobody set. */
export function isUnfilled(value: unknown): boolean {
  return value === '' || value === null || value === undefined;
}

function refuseSynonyms(known: readonly Known[], place: LegacyFields['place']): void {
  const faults = known.flatMap(({ name, ours }, index): FieldError[] => {
    const first = known.findIndex((other) => other.ours === ours);
    return first === index || ours === 'prompt' ? [] : [{ pointer: place(name), detail: `means the same as ${known[first].name}; send one of them` }];
  });
  if (faults.length > 0) throw invalidRequest(faults);
}

/** Runs `check`; faults that it finds are told by the names that the client knows. */
export async function inOldNames<T>(check: () => Promise<T>, fields: LegacyFields, route: ConfiguredLegacyRoute): Promise<T> {
  try {
    return await check();
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'INVALID_REQUEST' || !error.fieldErrors) throw error;
    throw invalidRequest(firstOfEach(error.fieldErrors.map(({ pointer, detail }) => ({
      pointer: renamed(pointer, fields, route),
      detail: detail.replace(OTHER_FIELD, (_, words: string, field: string) => `${words} ${nameOf(field, fields, route) ?? field}`),
    }))));
  }
}

/** Faults of headers keep their names. */
function renamed(pointer: string, fields: LegacyFields, route: ConfiguredLegacyRoute): string {
  const [, field, ...rest] = pointer.split('/');
  const name = nameOf(field, fields, route);
  return name === undefined ? pointer : [fields.place(name), ...rest].join('/');
}

/** How a fault of one field names another. */
const OTHER_FIELD = /\b(together with|combined with) (\w+)/;

/** Of several names for one thing the one that was sent. */
function nameOf(ours: string, { values }: LegacyFields, { prompt, parameters }: ConfiguredLegacyRoute): string | undefined {
  if (ours === 'prompt') return prompt;
  const targets = ours === 'width' || ours === 'height' ? [ours, SIZE_TARGET] : [ours];
  const names = Object.entries(parameters).flatMap(([name, target]) => (targets.includes(target) ? name : []));
  return names.find((name) => !isUnfilled(values[name])) ?? names[0];
}
