import { INPUT, type Offer } from './offers';
import { picture } from './pictures';
import { EDIT_REQUEST_SCHEMA, GENERATE_REQUEST_SCHEMA, TEXT_REQUEST_SCHEMA } from '../../src/private/contract/requests';
import { type Facts, parametersOf, refusedBy, SOME } from '../handlers/http/parameter-cases';
import { MOST_STOP_SEQUENCES, REFUSED_STOP_SEQUENCES } from '../handlers/http/text-facts';

type Body = Readonly<Record<string, unknown>>;

/** A request with one thing wrong. */
export interface RefusalCase {
  readonly body: Body;
  /** All that the answer points to. */
  readonly pointers: readonly string[];
  /** What each text has to hold: the range. */
  readonly says: readonly (string | RegExp)[];
}

/** Of whatever draws. */
const ANY_DRAWING: Facts = { wholes: { count: [1, 4] }, choices: { response: ['url', 'base64'] } };

/** Just below, just above, of another type, or missing: each parameter of the offer. */
export function refusalsOf(offer: Offer): RefusalCase[] {
  const { path, body, facts } = offer;
  const more = path === '/text' ? REFUSED_STOP_SEQUENCES : refusedBy(ANY_DRAWING);
  return [
    ...[...refusedBy(facts), ...more].map(({ field, value, says }) => refusal(offer, field, value, isOfOtherType(field, value, facts) ? ['a text'] : says)),
    ...Object.keys(facts.texts ?? {}).map((field) => refusal(offer, field, '', ['a text'])),
    ...path === '/images' ? ['yes', 1, null].map((value) => refusal(offer, 'enhancePrompt', value, ['true or false'])) : [],
    ...required(body).map((field) => refusal(offer, field, undefined, ['is required'])),
    ...pictureRefusals(offer),
    ...takesSize(offer) ? sizeRefusals(offer) : [],
  ];
}

/** Where the operator, or the model, takes less than any could: the range that holds here has to be told, not the wider one. */
export function narrowRangesOf(offer: Offer): RefusalCase[] {
  const { texts = {}, choices = {} } = offer.facts;
  const { outputFormat: formats } = choices;
  return [
    ...Object.entries(texts).flatMap(([field, longest]) => [7, ''].map((value) => refusal(offer, field, value, ['a text', String(longest)]))),
    ...formats ? [refusal(offer, 'outputFormat', 'gif', [new RegExp(`one of ${formats.join(', ')}(?!, (png|jpeg|webp))`)])] : [],
  ];
}

function refusal({ body, facts }: Offer, field: string, value: unknown, says: RefusalCase['says']): RefusalCase {
  const [name] = field.split('/');
  return { body: { ...body, ...companions(name, facts), [name]: value }, pointers: [`/${field}`], says };
}

/** Its range is looked at apart. */
function isOfOtherType(field: string, value: unknown, { texts = {} }: Facts): boolean {
  return field in texts && typeof value !== 'string';
}

function required(body: Body): string[] {
  return Object.keys(body).filter((field) => !['model', 'operation', 'left'].includes(field));
}

/** What a parameter cannot do without. */
function companions(field: string, { numbers = {} }: Facts): Body {
  if (field === 'strength') return { image: INPUT };
  return field === 'image' && 'strength' in numbers ? { strength: 0.5 } : {};
}

function pictureRefusals(offer: Offer): RefusalCase[] {
  const says = ['the id of an image or upload of yours, or base64 of a PNG, JPEG or WebP'];
  return Object.entries(offer.pictures).flatMap(([field, cases]) => [
    ...['no picture', '', 7, null].map((value) => refusal(offer, field, value, says)),
    ...cases.map(([width, height, problem]) => refusal(offer, field, picture(width, height).toString('base64'), [problem, `got ${width}x${height}`])),
  ]);
}

const SIZE = ['/width', '/height'];

function sizeRefusals({ body, sizes }: Offer): RefusalCase[] {
  const refused = (width: unknown, height: unknown, pointers: readonly string[], says: RefusalCase['says']) => (
    { body: { ...body, width, height }, pointers, says }
  );
  return [
    refused(512, undefined, ['/height'], ['is required together with width']),
    refused(undefined, 512, ['/width'], ['is required together with height']),
    ...['512', null, [512]].map((wrong) => refused(wrong, 512, ['/width'], [sizes ? /from \d+ to \d+ and a multiple of \d+ for|one of the sizes/ : 'a whole number from 64 to 4096'])),
    ...sizes ? sizes.refused.map(([width, height, says]) => refused(width, height, SIZE, [says, `got ${width}x${height}`])) : [
      // any are taken, to be the nearest aspect ratio
      refused(63, 64, ['/width'], ['64', '4096']), refused(64, 4097, ['/height'], ['64', '4096']), refused(512.5, 512, ['/width'], ['a whole number']),
    ],
  ];
}

function takesSize({ path, facts }: Pick<Offer, 'path' | 'facts'>): boolean {
  return path === '/images' && parametersOf(facts).some((name) => name === 'size' || name === 'aspectRatio');
}

/** A value for each parameter of any route. */
const ANY_ROUTE: Body = {
  ...SOME, image: INPUT, mask: INPUT, styleImage: INPUT, system: 'x', temperature: 0.5, topP: 0.5, maxTokens: 5, stopSequences: ['x'],
};
const SCHEMAS = { '/images': GENERATE_REQUEST_SCHEMA, '/images/edits': EDIT_REQUEST_SCHEMA, '/text': TEXT_REQUEST_SCHEMA };

/** Each parameter that others have and this one does not. */
export function unsupportedBy(offer: Offer): RefusalCase[] {
  const { path, id, body, facts } = offer;
  const says = (field: string) => [field in SCHEMAS[path].properties ? `is not supported by ${id}` : 'is not a field of this request; it takes'];
  return [
    ...Object.keys(ANY_ROUTE).filter((field) => !parametersOf(facts).includes(field))
      .map((field) => ({ body: { ...body, [field]: ANY_ROUTE[field] }, pointers: [`/${field}`], says: says(field) })),
    ...takesSize(offer) ? [] : [{ body: { ...body, width: 512, height: 512 }, pointers: ['/width', '/height'], says: says('width') }],
  ];
}

/** Requests with every parameter at its lowest, and at its highest. */
export function edgesOf({ path, body, facts, sizes }: Offer): Body[] {
  const { wholes = {}, numbers = {}, texts = {}, choices = {} } = facts;
  const edge = (end: 0 | 1): Body => {
    const [width, height] = sizes?.taken[end] ?? [];
    return {
      ...body,
      ...Object.fromEntries(Object.entries({ ...wholes, ...numbers }).map(([field, range]) => [field, range[end]])),
      ...Object.fromEntries(Object.entries(texts).map(([field, longest]) => [field, 'x'.repeat(end === 0 ? 1 : longest)])),
      ...Object.fromEntries(Object.entries(choices).map(([field, values]) => [field, values[end * (values.length - 1)]])),
      ...path === '/text' && { stopSequences: end === 0 ? ['x'] : MOST_STOP_SEQUENCES },
      // where a picture is given, it has the shape
      ...'strength' in numbers && { image: INPUT, aspectRatio: undefined },
      ...end === 0 && 'left' in body && { left: body.left },
      width,
      height,
    };
  };
  const ratios = takesSize({ path, facts }) && !sizes ? [{ ...body, width: 64, height: 4096 }, { ...body, width: 4096, height: 64 }] : [];
  return [edge(0), edge(1), ...ratios];
}
