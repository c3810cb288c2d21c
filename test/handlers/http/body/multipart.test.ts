import { imageFile } from '../../../fixtures/images';
import { type Response, CONFIGURATION, World } from '../../../helpers/world';

const FILE = imageFile(96, 64);
const MASK = imageFile(96, 64, 'jpeg');
let world: World;
beforeEach(() => { world = new World({ ...CONFIGURATION, edits: { region: 'us-east-1', operations: ['inpaint', 'erase', 'outpaint'] } }); });

type Part = readonly [name: string, value: string | Buffer | File];

function formOf(parts: readonly Part[]): FormData {
  const form = new FormData();
  for (const [name, value] of parts) {
    if (typeof value === 'string') form.append(name, value);
    else form.append(name, value instanceof File ? value : new File([new Uint8Array(value)], `${name}.bin`, { type: 'image/png' }));
  }
  return form;
}

/** Sends a form as a browser and API Gateway do. */
async function send(parts: readonly Part[], headers: Record<string, string> = {}): Promise<Response> {
  const response = new Response(formOf(parts));
  return sendBytes(Buffer.from(await response.arrayBuffer()), response.headers.get('content-type') ?? '', headers);
}

const sendBytes = (bytes: Buffer, contentType: string, headers: Record<string, string> = {}) =>
  world.call('POST /images/edits', { rawBody: bytes.toString('base64'), isBase64Encoded: true, headers: { 'Content-Type': contentType, ...headers } });

const INPAINT: readonly Part[] = [['operation', 'inpaint'], ['image', FILE], ['prompt', 'ein Füchslein 🦊']];

describe('a multipart form', () => {
  it('is processed like the equivalent JSON request', async () => {
    const { status } = await send([...INPAINT, ['mask', MASK], ['growMask', '7'], ['seed', '9'], ['count', '1'], ['outputFormat', 'jpeg']]);
    expect(status).toBe(201);
    expect(world.models.calls).toEqual([expect.objectContaining({
      image: FILE, mask: MASK, prompt: 'ein Füchslein 🦊', growMask: 7, seed: 9, count: 1, outputFormat: 'jpeg',
    })]);
  });

  it('accepts decimal numbers', async () => {
    await send([['operation', 'outpaint'], ['image', FILE], ['left', '100'], ['creativity', '0.25']]);
    expect(world.models.calls).toEqual([expect.objectContaining({ left: 100, creativity: 0.25 })]);
  });

  it('accepts the id of a stored image', async () => {
    world.models.respond = ({ seed }) => ({ bytes: FILE, seed, contentType: 'image/png', width: 96, height: 64 });
    const { json: { id } } = await world.call('POST /images', { body: { prompt: 'x' } });
    expect((await send([['operation', 'erase'], ['image', id]])).status).toBe(201);
    expect(world.models.calls[1].image).toEqual(FILE);
  });

  it('does not convert a prompt that consists of digits', async () => {
    await send([...INPAINT.slice(0, 2), ['prompt', '42']]);
    expect(world.models.calls[0].prompt).toBe('42');
  });

  it('accepts text fields that are sent as files', async () => {
    const file = (text: string) => new File([text], 'blob', { type: 'text/plain' });
    const { status } = await send([['operation', file('inpaint')], ['image', FILE], ['prompt', file('ein Füchslein 🦊')], ['growMask', file('7')]]);
    expect(status).toBe(201);
    expect(world.models.calls).toEqual([expect.objectContaining({ prompt: 'ein Füchslein 🦊', growMask: 7 })]);
  });

  it('returns 400 when a text field contains an image file', async () => {
    const { status, json } = await send([['operation', 'inpaint'], ['image', FILE], ['prompt', FILE]]);
    expect(status).toBe(400);
    expect(json.errors.map(({ pointer }) => pointer)).toEqual(['/prompt']);
    expect(world.models.calls).toHaveLength(0);
  });

  it('ignores a file input without a selected file', async () => {
    const fields = [...INPAINT.filter(([name]) => name !== 'image'), ['image', FILE.toString('base64')]]
      .map(([name, value]) => `Content-Disposition: form-data; name="${String(name)}"\r\n\r\n${String(value)}`);
    const emptyInput = 'Content-Disposition: form-data; name="mask"; filename=""\r\nContent-Type: application/octet-stream\r\n\r\n';
    const body = [...fields, emptyInput].map((part) => `--b\r\n${part}\r\n`).join('');
    expect((await sendBytes(Buffer.from(`${body}--b--\r\n`), 'multipart/form-data; boundary=b')).status).toBe(201);
    expect(world.models.calls[0].mask).toBeUndefined();
  });

  it('has the same fingerprint as the equivalent JSON request', async () => {
    const headers = { 'Idempotency-Key': 'k' };
    const { json: { id } } = await send([...INPAINT, ['seed', '9']], headers);
    const body = { operation: 'inpaint', image: FILE.toString('base64'), prompt: 'ein Füchslein 🦊', seed: 9 };
    expect((await world.call('POST /images/edits', { body, headers })).json.id).toBe(id);
    expect((await send([...INPAINT, ['seed', '10']], headers)).json.code).toBe('IDEMPOTENCY_MISMATCH');
    expect(world.models.calls).toHaveLength(1);
  });
});

describe('an invalid multipart form', () => {
  it.each<readonly [string, readonly Part[], string, RegExp]>([
    ['an unknown field', [...INPAINT, ['n', '2']], '/n', /is not a field of this request; the fields are operation, image/],
    ['an unknown file', [...INPAINT, ['file', FILE]], '/file', /is not a field of this request/],
    ['the name of an inherited property', [...INPAINT, ['__proto__', 'x']], '/__proto__', /is not a field of this request/],
    ['two files with the same name', [...INPAINT, ['image', MASK]], '/image', /^must be one image at a time, got 2$/],
    ['a repeated prompt', [...INPAINT, ['prompt', 'y']], '/prompt', /^must not be repeated, got 2 values$/],
    ['a number that is not numeric', [...INPAINT, ['growMask', 'many']], '/growMask', /from 0 to 20 for stability.*got "many"/],
    ['a blank number', [...INPAINT, ['seed', ' ']], '/seed', /an integer/],
    ['an empty prompt', [...INPAINT.slice(0, 2), ['prompt', '']], '/prompt', /is required by stability/],
    ['a file that is not an image', [...INPAINT, ['mask', Buffer.from('mask')]], '/mask', /a complete PNG, JPEG or WebP/],
    ['an empty file', [...INPAINT, ['mask', Buffer.alloc(0)]], '/mask', /must be the id of one of your images or uploads/],
    ['a missing operation', INPAINT.slice(1), '/operation', /one of inpaint, outpaint, erase/],
  ])('returns 400 for %s', async (_case, parts, pointer, detail) => {
    const { status, json } = await send(parts);
    expect(status).toBe(400);
    expect(json.errors).toEqual([{ pointer, detail: expect.stringMatching(detail) }]);
    expect(world.models.calls).toHaveLength(0);
  });

  it('returns 413 when its files are too large in total', async () => {
    expect(await send([...INPAINT, ['mask', Buffer.alloc(4 * 1024 * 1024)]])).toMatchObject({ status: 413, json: { code: 'PAYLOAD_TOO_LARGE' } });
  });

  it.each([
    ['no boundary', 'multipart/form-data'],
    ['another boundary', 'multipart/form-data; boundary=other'],
    ['a broken boundary', 'multipart/form-data; boundary="'],
  ])('returns 400 when its content type has %s', async (_case, contentType) => {
    const body = Buffer.from(await new Response(new FormData()).arrayBuffer());
    for (const bytes of [Buffer.concat([Buffer.from('--abc\r\n'), body]), Buffer.from('{"prompt": "x"}'), Buffer.alloc(0)]) {
      expect(await sendBytes(bytes, contentType)).toMatchObject({ status: 400, json: { code: 'INVALID_REQUEST', detail: 'the body is not valid multipart/form-data' } });
    }
  });

  it('returns 400 when it is truncated', async () => {
    const response = new Response(formOf([['image', FILE]]));
    const bytes = Buffer.from(await response.arrayBuffer());
    expect((await sendBytes(bytes.subarray(0, -30), response.headers.get('content-type') ?? '')).status).toBe(400);
  });

  it('returns 415 on routes other than edits', async () => {
    expect(await world.call('POST /images', { rawBody: 'x', headers: { 'content-type': 'multipart/form-data; boundary=x' } })).toMatchObject({ status: 415, json: { code: 'UNSUPPORTED_MEDIA_TYPE' } });
  });
});
