import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { imageFile } from '../../../fixtures/images';
import { type Response, CONFIGURATION, World } from '../../../helpers/world';

const FILE = imageFile(96, 64);
let world: World;
beforeEach(() => { world = new World({ ...CONFIGURATION, edits: { region: 'us-east-1', operations: ['erase', 'inpaint', 'structure'] } }); });

/** A part as a client writes it: header lines and bytes. */
type Part = readonly [headers: readonly string[], body: string | Buffer];

const BOUNDARY = 'form-boundary';

function formBytes(parts: readonly Part[]): Buffer {
  const rendered = parts.flatMap(([headers, body]) => [Buffer.from(`--${BOUNDARY}\r\n${headers.map((line) => `${line}\r\n`).join('')}\r\n`), Buffer.from(body), Buffer.from('\r\n')]);
  return Buffer.concat([...rendered, Buffer.from(`--${BOUNDARY}--\r\n`)]);
}

const named = (name: string, ...others: string[]) => [`Content-Disposition: form-data; name="${name}"`, ...others];
const field = (name: string, value: string): Part => [named(name), value];
const imagePart: Part = [['Content-Disposition: form-data; name="image"; filename="a.png"', 'Content-Type: image/png'], FILE];

function send(parts: readonly Part[], { contentType = `multipart/form-data; boundary=${BOUNDARY}`, route = 'POST /images/edits', bytes = formBytes(parts) } = {}): Promise<Response> {
  return world.call(route, { rawBody: bytes.toString('base64'), isBase64Encoded: true, headers: { 'Content-Type': contentType } });
}

const INPAINT: readonly Part[] = [field('operation', 'structure'), imagePart];
const withPrompt = (headers: readonly string[], bytes: string | Buffer): Part[] => [...INPAINT, [named('prompt', ...headers), bytes]];

describe('the text of a form field', () => {
  it.each<readonly [string, readonly string[], Buffer, string]>([
    ['ISO-8859-1', ['Content-Type: text/plain; charset=ISO-8859-1', 'Content-Transfer-Encoding: 8bit'], Buffer.from('Käse', 'latin1'), 'Käse'],
    ['a quoted charset', ['Content-Type: text/plain; charset="iso-8859-1"'], Buffer.from('Käse', 'latin1'), 'Käse'],
    ['a charset on a folded line', ['Content-Type: text/plain;', '\tcharset=ISO-8859-1'], Buffer.from('Käse', 'latin1'), 'Käse'],
    ['Shift_JIS', ['Content-Type: text/plain; charset=Shift_JIS'], Buffer.from([0x94, 0x4c]), '猫'],
    ['UTF-16 with big-endian bytes', ['Content-Type: text/plain; charset=UTF-16'], Buffer.from('feff004b00e4', 'hex'), 'Kä'],
    ['UTF-16 with little-endian bytes', ['Content-Type: text/plain; charset=UTF-16'], Buffer.from('fffe4b00e400', 'hex'), 'Kä'],
    ...['ucs-2', 'unicode', 'iso-10646-ucs-2', 'utf-16le', 'UTF-16BE', 'utf16'].flatMap((label) => [['feff', 'feff004b00e4'], ['fffe', 'fffe4b00e400']].map(
      ([mark, bytes]) => [`${label} with the mark ${mark}`, [`Content-Type: text/plain; charset=${label}`], Buffer.from(bytes, 'hex'), 'Kä'] as const)),
    ['little-endian UTF-16 without a mark', ['Content-Type: text/plain; charset=utf-16le'], Buffer.from('4b00e400', 'hex'), 'Kä'],
    ['big-endian UTF-16 without a mark', ['Content-Type: text/plain; charset=unicodefffe'], Buffer.from('004b00e4', 'hex'), 'Kä'],
    ['UTF-8 by default', [], Buffer.from('Käse 🦊'), 'Käse 🦊'],
    ['UTF-8 with a byte order mark', [], Buffer.from('\ufeffKäse'), 'Käse'],
    ['base64', ['Content-Transfer-Encoding: base64'], Buffer.from('S8Okc2U='), 'Käse'],
  ])('is decoded by its charset: %s', async (_case, headers, bytes, prompt) => {
    expect((await send(withPrompt(headers, bytes))).status).toBe(201);
    expect(world.models.calls[0].prompt).toBe(prompt);
  });

  it.each<readonly [string, readonly string[], Buffer, RegExp]>([
    ['bytes that are not UTF-8', [], Buffer.from('Käse', 'latin1'), /^must be text in UTF-8; declare another charset in the Content-Type of the field/],
    ['bytes that are not valid in their charset', ['Content-Type: text/plain; charset=utf-8'], Buffer.from('Käse', 'latin1'), /charset of the field, "utf-8"; send UTF-8$/],
    ['bytes above 127 in ASCII', ['Content-Type: text/plain; charset=US-ASCII'], Buffer.from('Käse', 'latin1'), /"us-ascii"/],
    ['UTF-16 without a byte order mark', ['Content-Type: text/plain; charset=UTF-16'], Buffer.from('004b00e4', 'hex'), /"utf-16"/],
    ['UCS-2 without a byte order mark', ['Content-Type: text/plain; charset=ucs-2'], Buffer.from('004b00e4', 'hex'), /"ucs-2"/],
    ['a charset without a meaning', ['Content-Type: text/plain; charset=x-user-defined'], Buffer.from([0x4b, 0xa4]), /"x-user-defined"/],
    ['an unknown charset', ['Content-Type: text/plain; charset=utf-7'], Buffer.from('K'), /"utf-7"/],
    ['two content types', ['Content-Type: text/plain; charset=utf-8', 'Content-Type: text/plain; charset=iso-8859-1'], Buffer.from('K'), /must have one content-type header, got 2/],
    ['quoted-printable', ['Content-Transfer-Encoding: quoted-printable'], Buffer.from('K=C3=A4se'), /without Content-Transfer-Encoding/],
    ['invalid base64', ['Content-Transfer-Encoding: base64'], Buffer.from('Käse!'), /valid base64/],
    ['a replacement character', [], Buffer.from('K\ufffdse'), /must not contain U\+FFFD/],
  ])('returns 400 for %s', async (_case, headers, bytes, detail) => {
    const { status, json } = await send(withPrompt(headers, bytes));
    expect(status).toBe(400);
    expect(json.errors).toEqual([{ pointer: '/prompt', detail: expect.stringMatching(detail) }]);
    expect(world.models.calls).toHaveLength(0);
  });

  it('is decoded by the charset of the field _charset_, or of the form', async () => {
    const part = withPrompt([], Buffer.from('Käse', 'latin1'));
    expect((await send([...part, field('_charset_', 'iso-8859-1')])).status).toBe(201);
    expect((await send(part, { contentType: `multipart/form-data; charset=ISO-8859-1; boundary=${BOUNDARY}` })).status).toBe(201);
    expect(world.models.calls.map(({ prompt }) => prompt)).toEqual(['Käse', 'Käse']);
  });
});

it('an empty text field has the meaning of an absent one', async () => {
  const empty = ['model', 'size', 'quality', 'n', 'response_format', 'mask', 'output_format'].map((name) => field(name, ''));
  expect((await send([imagePart, field('prompt', 'x'), ...empty], { route: 'POST /v1/images/edits' })).status).toBe(200);
  expect((await send([...INPAINT, field('prompt', 'x'), ...['seed', 'style', 'negativePrompt', 'mask'].map((name) => field(name, ''))])).status).toBe(201);
});

it.each(['image/png', 'application/octet-stream', 'IMAGE/PNG; x=y'])('an image field without a file name is a file if its type is %s', async (type) => {
  const image: Part = [named('image', `Content-Type: ${type}`), FILE];
  expect((await send([field('operation', 'structure'), image, field('prompt', 'x')])).status).toBe(201);
  expect((await send([[named('image[]', `Content-Type: ${type}`), FILE], field('prompt', 'x')], { route: 'POST /v1/images/edits' })).status).toBe(200);
  expect(world.models.calls.map((call) => call.image)).toEqual([FILE, FILE]);
});

it('an image field with only the encoded file name of old clients is a file', async () => {
  const image: Part = [['Content-Disposition: form-data; name="image"; filename*=utf-8\'\'%C3%A4.png'], FILE];
  expect((await send([field('operation', 'structure'), image, field('prompt', 'x')])).status).toBe(201);
  expect(world.models.calls[0].image).toEqual(FILE);
});

it.each([`multipart/form-data; boundary=${BOUNDARY}`, `multipart/form-data; charset=utf-8; boundary=${BOUNDARY}`])('returns 400 that tells how to send a file when an image field has neither a file name nor a type: %s', async (contentType) => {
  const { status, json } = await send([field('operation', 'structure'), [named('image'), FILE], field('prompt', 'x')], { contentType });
  const detail = 'must be a file with a file name or with Content-Type: image/*, or text: an id or base64';
  expect({ status, errors: json.errors }).toEqual({ status: 400, errors: [{ pointer: '/image', detail }] });
});

describe('a quoted string in the headers of a part', () => {
  it.each([
    'form-data; name="image"; filename="a\\".jpg"', 'form-data; filename="a; name=\\"mask\\".jpg"; name="image"', 'form-data;name=image;filename=a.png',
    'FORM-DATA; NAME="ima\\ge"; filename*=UTF-8\'\'a.png; filename="ä.png"', 'form-data; name="image"; filename="C:\\a\\b.png"',
    'form-data; filename="a\\"; name=\\"mask\\"; x=\\"b.png"; name="image"',
  ])('can contain escaped characters: %s', async (disposition) => {
    const image: Part = [[`Content-Disposition: ${disposition}`, 'Content-Type: image/png'], FILE];
    expect((await send([field('operation', 'structure'), image, field('prompt', 'x')])).status).toBe(201);
    expect(world.models.calls[0].image).toEqual(FILE);
  });

  it.each(['attachment; name="prompt"', 'form-data', 'form-data; filename="name=prompt"', 'form-data; name=""'])('returns 400 when it has no name: %s', async (disposition) => {
    const { status, json } = await send([...INPAINT, [[`Content-Disposition: ${disposition}`], 'x']]);
    expect({ status, json }).toMatchObject({ status: 400, json: { detail: 'each part of the form must have the header Content-Disposition: form-data; name="..."' } });
  });
});

describe('the boundary of a form', () => {
  const withBoundary = (boundary: string, padding = '') => {
    const text = formBytes([...INPAINT, field('prompt', `a  --${boundary} b`)]).toString('latin1');
    const bytes = Buffer.from(text.replaceAll(`--${BOUNDARY}\r\n`, `--${boundary}${padding}\r\n`).replace(`--${BOUNDARY}--`, `--${boundary}--${padding}`), 'latin1');
    return send([], { bytes, contentType: `multipart/form-data; boundary="${boundary}"` });
  };

  it.each<readonly [string, string]>([['(.*)+$', ''], ['b'.repeat(70), ''], [BOUNDARY, ' \t'], ["a'()+_,-./:=?", ' '], ['a b', '   ']])('can be %s, followed by %j on its line', async (boundary, padding) => {
    expect((await withBoundary(boundary, padding)).status).toBe(201);
    expect(world.models.calls).toEqual([expect.objectContaining({ image: FILE, prompt: `a  --${boundary} b` })]);
  });

  it.each([71, 252, 253, 5_000])('returns 400 when it has %i characters', async (length) => {
    const detail = `the boundary of the form must have at most 70 characters, got ${length}`;
    expect(await withBoundary('b'.repeat(length))).toMatchObject({ status: 400, json: { detail } });
  });
});

it.each(['gzip', 'x-gzip', 'br', 'deflate', 'ZSTD'])('returns 415 when the body is compressed with %s', async (encoding) => {
  const headers = { 'Content-Type': `multipart/form-data; boundary=${BOUNDARY}`, 'Content-Encoding': encoding };
  const form = await world.call('POST /images/edits', { rawBody: gzipSync(formBytes(INPAINT)).toString('base64'), isBase64Encoded: true, headers });
  expect(form).toMatchObject({ status: 415, json: { code: 'UNSUPPORTED_MEDIA_TYPE', detail: expect.stringMatching(/^Content-Encoding must be absent, got .*; send the body without compression$/) } });
});

it('returns 400 when a form has too many fields, before it reads them', async () => {
  const parts = Array.from({ length: 101 }, (_, index) => field(`f${index}`, 'x'));
  expect(await send(parts)).toMatchObject({ status: 400, json: { detail: 'the form must have at most 100 fields' } });
});

it('returns 400 when a form is truncated, at any length', async () => {
  const bytes = formBytes([...INPAINT.slice(0, 1), field('prompt', 'x')]);
  for (let length = 0; length < bytes.length - 4; length++) {
    expect((await send([], { bytes: bytes.subarray(0, length) })).status).toBe(400);
  }
  expect(world.models.calls).toHaveLength(0);
});

it('any bytes with any charset and disposition give exactly the text, or 400 with the name of the field', async () => {
  const charset = fc.constantFrom(undefined, 'utf-8', 'ISO-8859-1', 'windows-1252', 'us-ascii', 'utf-16', 'utf-16le', 'utf-16be', 'shift_jis', 'gb18030', 'euc-kr', 'koi8-r', 'utf-7', 'none');
  const text = fc.oneof(fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), fc.constant(`a\r\n--${BOUNDARY.slice(0, -1)}\r\n`));
  const bytes = fc.oneof(text.map((value) => Buffer.from(value)), text.map((value) => Buffer.from(value, 'latin1')), text.map((value) => Buffer.from(`\ufeff${value}`, 'utf16le')),
    fc.uint8Array({ minLength: 1, maxLength: 30 }).map((value) => Buffer.from(value)));
  const disposition = fc.constantFrom('form-data; name="prompt"', 'form-data; name=prompt', 'form-data; name="pro\\mpt"; filename="\\"x\\""', 'form-data; filename=prompt.txt; name="prompt"');
  await fc.assert(fc.asyncProperty(bytes, charset, disposition, async (value, label, header) => {
    world.models.calls.length = 0;
    const { status, json } = await send([...INPAINT, [[`Content-Disposition: ${header}`, ...label === undefined ? [] : [`Content-Type: text/plain; charset=${label}`]], value]]);
    const [call] = world.models.calls;
    if (call) expect({ status, prompt: call.prompt }).toEqual({ status: 201, prompt: expectedText(value, label) });
    else expect({ status, pointers: json.errors.map(({ pointer }) => pointer) }).toEqual({ status: 400, pointers: ['/prompt'] });
    expect(call?.prompt ?? '').not.toContain('\ufffd');
  }), { numRuns: 500 });
});

/** What the client meant. The model gets texts in normalization form C, with line breaks for VT and FF. */
function expectedText(bytes: Buffer, charset = 'utf-8'): string | undefined {
  if (charset === 'us-ascii' && bytes.some((byte) => byte > 127)) return undefined;
  const byMark = charset.startsWith('utf-16') ? { fffe: 'utf-16le', feff: 'utf-16be' }[bytes.toString('hex', 0, 2)] : undefined;
  const label = byMark ?? charset;
  return new TextDecoder(label, { fatal: true }).decode(bytes).normalize('NFC').replace(/[\v\f]/g, '\n');
}
