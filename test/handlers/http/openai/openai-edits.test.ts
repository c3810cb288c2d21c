import { deflateSync } from 'node:zlib';
import { PNG } from 'pngjs';
import { imageFileWithHole, imageFile } from '../../../fixtures/images';
import { chunk, header, pngFile, pngOfChunks } from '../../../fixtures/png-file';
import { type Response, CONFIGURATION, World } from '../../../helpers/world';

const FILE = imageFile(96, 64);
const OPAQUE = imageFile(96, 64, 'jpeg');
const INPAINT = 'stability.stable-image-inpaint-v1:0';
const STRUCTURE = 'stability.stable-image-control-structure-v1:0';
const REMOVE_BACKGROUND = 'stability.stable-image-remove-background-v1:0';

let world: World;
const worldWithEdits = (...operations: string[]) => new World({ ...CONFIGURATION, edits: { region: 'us-east-1', operations } });
beforeEach(() => { world = worldWithEdits('inpaint', 'structure', 'remove-background'); });

type Part = readonly [name: string, value: string | Buffer];

/** Sends a form as OpenAI's SDKs and API Gateway do. */
async function post(parts: readonly Part[], headers: Record<string, string> = {}): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of parts) form.append(name, typeof value === 'string' ? value : new File([new Uint8Array(value)], 'image.png', { type: 'image/png' }));
  const response = new Response(form);
  return world.call('POST /v1/images/edits', {
    rawBody: Buffer.from(await response.arrayBuffer()).toString('base64'),
    isBase64Encoded: true,
    headers: { 'Content-Type': response.headers.get('content-type') ?? '', ...headers },
  });
}

const calledModels = () => world.models.calledModels.map(({ id }) => id);
const PROMPT: Part = ['prompt', 'a hat'];

describe('POST /v1/images/edits', () => {
  it('edits the masked area', async () => {
    const { status, json } = await post([['image', FILE], ['mask', OPAQUE], PROMPT, ['n', '1'], ['size', '1024x1024'], ['quality', 'high'], ['input_fidelity', 'high']]);
    expect(status).toBe(200);
    expect(json.data).toEqual([{ b64_json: expect.any(String) }]);
    expect(calledModels()).toEqual([INPAINT]);
    expect(world.models.calls).toEqual([expect.objectContaining({ image: FILE, mask: OPAQUE, prompt: 'a hat', outputFormat: 'png' })]);
  });

  it('edits the transparent area of a mask, as the OpenAI API does', async () => {
    await post([['image', OPAQUE], ['mask', imageFileWithHole(96, 64, 40)], PROMPT]);
    const mask = PNG.sync.read(Buffer.from(world.models.calls[0].mask!));
    // white is edited, black is kept
    expect(mask.data[0]).toBe(255);
    expect(mask.data[4 * 95]).toBe(0);
  });

  it('edits the transparent area of the image if there is no mask', async () => {
    const image = imageFileWithHole(96, 64, 40);
    expect((await post([['image', image], PROMPT])).status).toBe(200);
    expect(calledModels()).toEqual([INPAINT]);
    expect(world.models.calls[0].image).toEqual(image);
    const mask = PNG.sync.read(Buffer.from(world.models.calls[0].mask!));
    expect(mask.data[0]).toBe(255);
    expect(mask.data[4 * 95]).toBe(0);
  });

  it('edits the transparent area of a white image', async () => {
    const white = new PNG({ width: 128, height: 128 });
    for (let at = 0; at < white.data.length; at += 4) white.data.set([255, 255, 255, (at / 4) % 128 < 64 ? 255 : 0], at);
    await post([['image', PNG.sync.write(white)], PROMPT]);
    const mask = PNG.sync.read(Buffer.from(world.models.calls[0].mask!));
    expect(mask.data[0]).toBe(0);
    expect(mask.data[4 * 127]).toBe(255);
  });

  it('does not decode an image that is too large for the edit, or the image of an invalid request', async () => {
    const decode = jest.spyOn(PNG.sync, 'read');
    const huge = imageFileWithHole(4000, 3000, 40);
    expect((await post([['image', huge], PROMPT])).json.errors).toEqual([{ pointer: '/image', detail: expect.stringContaining('at most 9437184 pixels') }]);
    await post([['image', imageFileWithHole(96, 64, 40)]]);
    expect(decode).not.toHaveBeenCalled();
    decode.mockRestore();
  });

  it('generates an image with the structure of the input image if there is no mask and no transparency', async () => {
    expect((await post([['image', OPAQUE], PROMPT])).status).toBe(200);
    expect(calledModels()).toEqual([STRUCTURE]);
    expect(world.models.calls).toEqual([expect.objectContaining({ image: OPAQUE, prompt: 'a hat' })]);
  });

  it.each<[string, Part[]]>([['image', [['image', OPAQUE]]], ['image[]', [['image[]', OPAQUE]]]])('accepts one image as %s', async (_name, parts) => {
    expect((await post([...parts, PROMPT])).status).toBe(200);
  });

  it('generates several images as JPEG', async () => {
    const { json } = await post([['image', OPAQUE], PROMPT, ['n', '2']]);
    expect(json.data).toHaveLength(2);
    expect(world.models.calls.map(({ outputFormat }) => outputFormat)).toEqual(['jpeg', 'jpeg']);
  });

  it('removes the background on request', async () => {
    expect((await post([['image', OPAQUE], PROMPT, ['background', 'transparent']])).json.background).toBe('transparent');
    expect(calledModels()).toEqual([STRUCTURE, REMOVE_BACKGROUND]);
  });

  it('returns an event stream on request', async () => {
    expect((await post([['image', OPAQUE], PROMPT, ['stream', 'true']])).text).toMatch(/^event: image_edit\.completed\ndata: /);
    expect((await post([['image', OPAQUE], PROMPT, ['stream', 'false']])).json.data).toHaveLength(1);
  });

  it('accepts the id of an edit as the model, which is ignored unless the request is this edit', async () => {
    const modelOf = async (id: string) => (await post([['image', OPAQUE], PROMPT, ['model', id]])).headers['X-Ignored-Parameters'];
    expect([await modelOf(STRUCTURE), await modelOf(INPAINT)]).toEqual([undefined, 'model']);
  });

  it('names an unknown field as it was sent', async () => {
    expect((await post([['image', OPAQUE], PROMPT, ['a[]b', 'x']])).headers['X-Ignored-Parameters']).toBe('a%5B%5Db');
  });

  it('returns the first image for a retry', async () => {
    const parts: Part[] = [['image', OPAQUE], PROMPT];
    const first = await post(parts, { 'X-Stainless-Retry-Count': '0' });
    expect((await post(parts, { 'X-Stainless-Retry-Count': '1' })).json).toEqual(first.json);
    expect((await post([['image', FILE], PROMPT], { 'X-Stainless-Retry-Count': '1' })).status).toBe(200);
    expect(world.models.calls).toHaveLength(2);
  });

  it('accepts the id of an image of the owner, but of no other owner', async () => {
    world.models.respond = ({ seed }) => ({ bytes: FILE, seed, contentType: 'image/png', width: 96, height: 64 });
    const { json: { id } } = await world.call('POST /images', { body: { prompt: 'x' } });
    const edit = (keyId: string) => world.call('POST /v1/images/edits', { body: { prompt: 'a hat', image: id, mask: OPAQUE.toString('base64') }, keyId });
    expect((await edit('key-a')).status).toBe(200);
    expect((await edit('key-b')).status).toBe(404);
    expect(world.models.calls).toHaveLength(2);
  });

  it('looks for a transparent area in files only, not in the stored image of an id', async () => {
    world.models.respond = ({ seed }) => ({ bytes: imageFileWithHole(96, 64, 40), seed, contentType: 'image/png', width: 96, height: 64 });
    const { json: { id } } = await world.call('POST /images', { body: { prompt: 'x' } });
    expect((await world.call('POST /v1/images/edits', { body: { prompt: 'a hat', image: id } })).status).toBe(200);
    expect(calledModels().slice(1)).toEqual([STRUCTURE]);
  });

  const transparent = { width: 96, height: 64, colorType: 6 } as const;
  const pixels = Buffer.alloc((1 + 4 * 96) * 64);
  const unreadable = `must be a complete PNG, JPEG or WebP file for ${INPAINT}`;
  it.each<readonly [string, Buffer, string]>([
    ['a transparent PNG with surplus pixel data', pngOfChunks(header(transparent), chunk('IDAT', deflateSync(Buffer.concat([pixels, Buffer.alloc(3)])))), unreadable],
    ['a transparent PNG with missing pixel data', pngOfChunks(header(transparent), chunk('IDAT', deflateSync(pixels.subarray(1)))), unreadable],
    ['a transparent PNG with broken pixel data', pngOfChunks(header(transparent), chunk('IDAT', Buffer.alloc(100, 0xff))), unreadable],
    ['a PNG with a palette that is missing', pngFile({ width: 96, height: 64, colorType: 3, chunks: [chunk('tRNS', Buffer.from([0]))], pixel: () => [0] }), unreadable],
    ['a transparent WebP', imageFileWithHole(96, 64, 40, 'webp'), `must not be a WebP file with transparency (send a PNG, or a mask) for ${INPAINT}`],
  ])('returns 400 for %s without a mask, and does not call another operation', async (_case, image, detail) => {
    const { status, json } = await post([['image', image], PROMPT]);
    expect({ status, errors: json.errors }).toEqual({ status: 400, errors: [{ pointer: '/image', detail }] });
    expect(world.models.calls).toHaveLength(0);
  });

  it('accepts JSON', async () => {
    expect((await world.call('POST /v1/images/edits', { body: { prompt: 'a hat', image: OPAQUE.toString('base64') } })).status).toBe(200);
  });
});

describe('a JSON body', () => {
  const send = (body: object) => world.call('POST /v1/images/edits', { body: { prompt: 'a hat', ...body } });
  const dataUrl = (file: Buffer, type = 'image/png') => `data:${type};base64,${file.toString('base64')}`;

  it('can contain image and mask as objects with data URLs', async () => {
    const { status, headers } = await send({ images: [{ image_url: dataUrl(FILE), file_id: null }], mask: { image_url: dataUrl(OPAQUE, 'application/octet-stream') } });
    expect(status).toBe(200);
    expect(headers).not.toHaveProperty('X-Ignored-Parameters');
    expect(world.models.calls).toEqual([expect.objectContaining({ image: FILE, mask: OPAQUE })]);
  });

  it('can contain the image as a list', async () => {
    expect((await send({ image: [FILE.toString('base64')] })).status).toBe(200);
    expect(world.models.calls[0].image).toEqual(FILE);
  });

  const url = dataUrl(FILE);
  it.each([
    { image: '', images: [{ image_url: url }] }, { image: null, images: [{ image_url: url, file_id: '' }] }, { image: url, images: '' }, { image: url, images: null },
    { image: url, mask: '' }, { image: url, mask: null },
  ])('can contain fields without a value: %j', async (body) => {
    expect((await send(body)).status).toBe(200);
    expect(world.models.calls[0].image).toEqual(FILE);
  });

  it.each<readonly [object, string, RegExp]>([
    [{ images: [{ image_url: 'https://example.com/a.png' }] }, '/images/0/image_url', /^must be a data URL, .* got a web URL, which this API does not download$/],
    [{ images: [{ file_id: 'file-1' }] }, '/images/0/file_id', /^is not supported; send the image as a data URL in image_url$/],
    [{ images: [{ image_url: url }, { image_url: url }] }, '/images', /^must be one image at a time, got 2$/],
    [{ images: [] }, '/images', /^must be one image at a time, got 0$/],
    [{ images: 'x' }, '/images', /^must be a list with one object/],
    [{ images: ['x'] }, '/images/0', /^must be an object with a data URL in image_url$/],
    [{ images: [null] }, '/images/0', /^must be an object with a data URL in image_url$/],
    [{ images: [{ image_url: 'x' }] }, '/images/0/image_url', /^must be a data URL, for example data:image\/png;base64,\.\.\.$/],
    [{ images: [{ image_url: { toString: 1 } }] }, '/images/0/image_url', /^must be a data URL/],
    [{ image: url, images: [{ image_url: url }] }, '/images', /^cannot be combined with image$/],
    [{ image: [url, url] }, '/image', /^must be one image at a time, got 2$/],
    [{ image: url, mask: { file_id: 'file-1' } }, '/mask/file_id', /^is not supported/],
    [{ image: url, mask: { image_url: 'http://example.com/a.png' } }, '/mask/image_url', /got a web URL/],
    [{ image: url, mask: { image_url: '', file_id: 'file-1' } }, '/mask/file_id', /^is not supported/],
    [{ image: url, mask: {} }, '/mask/image_url', /^must be a data URL/],
    [{ image: url, mask: { image_url: '' } }, '/mask/image_url', /^must be a data URL/],
    [{ image: url, mask: [url] }, '/mask/image_url', /^must be a data URL/],
  ])('returns 400 with the name of the field: %j', async (body, pointer, detail) => {
    const { status, json } = await send(body);
    expect({ status, errors: json.errors }).toEqual({ status: 400, errors: [{ pointer, detail: expect.stringMatching(detail) }] });
    expect(world.models.calls).toHaveLength(0);
  });

  it('returns 400 with all invalid fields if an image is not valid', async () => {
    const { json } = await send({ images: 'x', n: 9 });
    expect(json.errors.map(({ pointer }) => pointer)).toEqual(['/images', '/n']);
  });

  it('honors seed and negative_prompt, and names what has no effect', async () => {
    const { headers } = await send({ image: url, seed: 7, negative_prompt: 'rain', size: '512x512', quality: 'high', model: 'stable-image-core', user: 'u', background: 'auto' });
    expect(world.models.calls).toEqual([expect.objectContaining({ seed: 7, negativePrompt: 'rain' })]);
    expect(headers['X-Ignored-Parameters']).toBe('user, size, quality, model');
  });
});

describe('an invalid edit request', () => {
  it.each<[string, Part[], string, string]>([
    ['a missing prompt', [['image', OPAQUE]], 'prompt', 'is required'],
    ['a missing image', [PROMPT], 'image', 'is required'],
    ['several images', [['image[]', OPAQUE], ['image[]', FILE], PROMPT], 'image', 'must be one image at a time, got 2'],
    ['a file that is not an image', [['image', Buffer.from('text')], PROMPT], 'image', 'a complete PNG, JPEG or WebP file'],
    ['a small image', [['image', imageFile(63, 64)], PROMPT], 'image', 'sides of at least 64 pixels, got 63x64'],
    ['a large n', [['image', OPAQUE], PROMPT, ['n', '5']], 'n', 'an integer from 1 to 4, got 5'],
    ['an unknown model', [['image', OPAQUE], PROMPT, ['model', 'midjourney']], 'model', 'must be one of'],
    ['an unknown format', [['image', OPAQUE], PROMPT, ['output_format', 'gif']], 'output_format', 'one of png, jpeg, webp'],
  ])('returns 400 for %s', async (_case, parts, param, message) => {
    const { status, json } = await post(parts);
    expect(status).toBe(400);
    expect(json.error).toEqual({ message: expect.stringContaining(message), type: 'invalid_request_error', code: 'invalid_request', param });
    expect(json.errors).toHaveLength(1);
    expect(world.models.calls).toHaveLength(0);
  });

  it.each<[string, string[], Part[], string, string]>([
    ['a mask without inpaint', ['structure'], [['image', OPAQUE], ['mask', OPAQUE]], 'mask', 'is not available: this API does not have the edit inpaint'],
    ['a missing mask without structure', ['inpaint'], [['image', OPAQUE]], 'mask', 'is required: this API does not have the edit structure, which needs no mask'],
  ])('returns 400 for %s', async (_case, operations, parts, param, message) => {
    world = worldWithEdits(...operations);
    const { status, json } = await post([...parts, PROMPT]);
    expect({ status, json }).toMatchObject({ status: 400, json: { error: { param, message: `${param} ${message}` } } });
    expect(json.errors).toHaveLength(1);
  });

  it('returns the error of the prompt with that of the missing mask', async () => {
    world = worldWithEdits('inpaint');
    const { json } = await post([['image', OPAQUE], ['prompt', '\u0007']]);
    expect(json.errors.map(({ pointer }) => pointer).sort()).toEqual(['/mask', '/prompt']);
  });

  it('returns 413 with a hint to uploads if the API has them', async () => {
    const large = Buffer.alloc(4 * 1024 * 1024 + 3);
    expect((await post([['image', large], PROMPT])).json.detail).toContain('POST /images/uploads');
    world = new World({ ...CONFIGURATION, routes: ['openAi'], edits: { region: 'us-east-1', operations: ['inpaint'] } });
    expect(await post([['image', large], PROMPT])).toMatchObject({ status: 413, json: { detail: expect.stringContaining('send smaller images') } });
  });
});
