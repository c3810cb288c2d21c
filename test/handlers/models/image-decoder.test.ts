import * as fc from 'fast-check';
import { ImageDecoder } from '../../../src/handlers/models/image-decoder';
import { readModelResponse } from '../../helpers/model-response';

const pseudoRandom = (length: number, seed: number) => Buffer.from(Array.from({ length }, (_, index) => (index * index * 31 + seed * 17) % 251));
const FIRST = pseudoRandom(500, 1);
const SECOND = pseudoRandom(401, 2);
const base64 = (bytes: Buffer) => bytes.toString('base64');

/** Returns a value as text, with long base64 strings in their normal form: it does not matter to a model family whether they are decoded. */
function normalForm(value: unknown): string {
  return JSON.stringify(value, function normalize(this: unknown, key, item: unknown) {
    const original = (this as Record<string, unknown>)[key]; // Buffer has toJSON
    if (original instanceof Uint8Array) return base64(Buffer.from(original));
    return typeof item === 'string' && /^[A-Za-z0-9+/]{256,}={0,2}$/.test(item) ? base64(Buffer.from(item, 'base64')) : item;
  });
}

/** Returns the response in normal form, or the code of the error. */
function read(chunks: readonly Buffer[], expectedBytes?: number): string {
  try {
    return normalForm(readModelResponse(chunks, expectedBytes));
  } catch (error) {
    return Object(error).code;
  }
}

/** Returns what JSON.parse reads. */
function expected(body: Buffer): string {
  try {
    return normalForm(JSON.parse(body.toString()));
  } catch {
    return 'MODEL_ERROR';
  }
}

function splitAt(body: Buffer, positions: readonly number[]): Buffer[] {
  const ends = [...new Set(positions)].sort((a, b) => a - b);
  return [...ends, body.length].map((end, index) => body.subarray(ends[index - 1] ?? 0, end));
}

const escapedSlashes = (bytes: Buffer) => JSON.stringify(base64(bytes)).replaceAll('/', '\\/');
const BODIES: Readonly<Record<string, string>> = {
  'one image': JSON.stringify({ seeds: [7], finish_reasons: [null], images: [base64(FIRST)] }),
  'several images': JSON.stringify({ images: [base64(FIRST), base64(SECOND), base64(FIRST.subarray(0, 300))], error: null }),
  'artifacts': JSON.stringify({ artifacts: [{ seed: 1, base64: base64(FIRST), finishReason: 'SUCCESS' }, { seed: 2, base64: base64(SECOND), finishReason: 'SUCCESS' }] }),
  'whitespace': `\n${JSON.stringify({ images: [base64(FIRST)], seeds: [1] }, undefined, 2)}\r\n\t `,
  'escaped slashes': `{"images":[${escapedSlashes(FIRST)},"${base64(SECOND)}"]}`,
  'an escaped padding character': `{"images":["${base64(SECOND).replace('=', '\\u003d')}"]}`,
  'lines in an image': `{"images":["${base64(FIRST).replace(/(.{76})/g, '$1\\n')}"]}`,
  'escaped quotes in texts': JSON.stringify({ 'a "key"\\': 'with \\ and "', 'text': `${'long "text" '.repeat(40)}\\`, 'images': [base64(FIRST)] }),
  'text outside ASCII': JSON.stringify({ error: 'Größe überschritten 🏠'.repeat(30), key_ü: 'ü', images: [base64(FIRST)] }),
  'URL-safe base64': JSON.stringify({ images: [`${'A'.repeat(300)}-_${'B'.repeat(300)}`] }),
  'an image without padding': JSON.stringify({ images: [base64(SECOND).replace(/=+$/, '')] }),
  'padding in the middle': JSON.stringify({ images: [`${'A'.repeat(299)}=${'B'.repeat(300)}`, `${'A'.repeat(512)}QQ==${'B'.repeat(300)}`] }),
  'an error': JSON.stringify({ message: 'Filter reason: prompt', images: null }),
  'rows of pixels': JSON.stringify({ generated_images: [[[[0, 0, 0], [255, 255, 255]], [[1, 2, 3], [4, 5, 6]]]] }),
  'short strings': JSON.stringify({ images: ['', 'QUJD', base64(FIRST).slice(0, 255), base64(FIRST).slice(0, 256), base64(FIRST).slice(0, 257)] }),
  'a truncated image': `{"images":["${base64(FIRST)}`,
  'a truncated text': `{"error":"${'no image '.repeat(50)}\\`,
  'no JSON': 'upstream connect error',
  'nothing': '',
};

describe.each(Object.entries(BODIES))('%s', (_, text) => {
  const body = Buffer.from(text);
  const result = expected(body);

  it('is read as JSON.parse reads it, split at every position', () => {
    const positions = Array.from({ length: body.length + 1 }, (__, position) => position);
    expect(positions.filter((position) => read(splitAt(body, [position]), body.length) !== result)).toEqual([]);
  });

  it('is read in chunks of every size from 1 to 70 bytes', () => {
    const sizes = Array.from({ length: 70 }, (__, index) => index + 1);
    const chunks = (size: number) => splitAt(body, Array.from({ length: Math.ceil(body.length / size) }, (__, index) => index * size));
    expect(sizes.filter((size) => read(chunks(size), body.length) !== result)).toEqual([]);
  });

  it('is read for every stated length', () => {
    const lengths = [undefined, 1, 100, body.length - 1, body.length, body.length + 1, 2 ** 40];
    expect(lengths.filter((length) => read(splitAt(body, [100, 500]), length) !== result)).toEqual([]);
  });

  it('is read as JSON.parse reads it, truncated at every position', () => {
    const prefixes = Array.from({ length: body.length }, (__, length) => body.subarray(0, length));
    expect(prefixes.filter((prefix) => read([prefix], body.length) !== expected(prefix)).map(({ length }) => length)).toEqual([]);
  });
});

it('reads arbitrary documents in arbitrary chunks as JSON.parse reads them', () => {
  const image = fc.uint8Array({ minLength: 192, maxLength: 900 }).map((bytes) => base64(Buffer.from(bytes)));
  const damaged = fc.tuple(image, fc.nat(), fc.string({ maxLength: 3 })).map(([text, at, other]) => `${text.slice(0, at % text.length)}${other}${text.slice(at % text.length)}`);
  const value = fc.letrec((tie) => ({
    any: fc.oneof({ depthSize: 'small' }, fc.jsonValue(), image, damaged, fc.string({ minLength: 250, maxLength: 600 }), tie('list'), tie('object')),
    list: fc.array(tie('any'), { maxLength: 4 }),
    object: fc.dictionary(fc.string(), tie('any'), { maxKeys: 4 }),
  })).any;
  const format = fc.tuple(fc.constantFrom(undefined, 1, '\t'), fc.boolean());
  const positions = fc.array(fc.nat(4_000), { maxLength: 12 });
  fc.assert(fc.property(value, format, positions, fc.option(fc.nat(10_000)), (document, [space, escapeSlashes], splits, length) => {
    const text = JSON.stringify(document, undefined, space);
    const body = Buffer.from(escapeSlashes ? text.replaceAll('/', '\\/') : text);
    expect(read(splitAt(body, splits.filter((position) => position < body.length)), length ?? undefined)).toBe(expected(body));
  }), { numRuns: 2_000 });
});

it('decodes long base64 strings only', () => {
  const { images, other } = readModelResponse([Buffer.from(JSON.stringify({ images: [base64(FIRST), base64(SECOND)], other: ['A'.repeat(255), 'A B'.repeat(200)] }))]) as {
    readonly images: readonly unknown[];
    readonly other: readonly unknown[];
  };
  expect(images.map((image) => Buffer.from(image as Uint8Array))).toEqual([FIRST, SECOND]);
  expect(images.every((image) => image instanceof Uint8Array)).toBe(true);
  expect(other).toEqual(['A'.repeat(255), 'A B'.repeat(200)]);
});

it('holds one image of a document with a known length once, without its text', () => {
  const bytes = Buffer.alloc(1_000_000, 7);
  const body = Buffer.from(JSON.stringify({ images: [base64(bytes)] }));
  const decoder = new ImageDecoder(body.length);
  for (let offset = 0; offset < body.length; offset += 65_536) decoder.write(body.subarray(offset, offset + 65_536));
  const { json, images } = decoder.finish();
  const [image] = images.values();
  expect(json.length).toBeLessThan(100);
  expect(bytes.equals(image)).toBe(true);
  expect(image.buffer.byteLength).toBeLessThan(1.1 * bytes.length);
});
