import { PNG } from 'pngjs';
import { imageFileWithHole, imageFile } from '../../../fixtures/images';
import { type Response, CONFIGURATION, World } from '../../../helpers/world';

const FILE = imageFile(96, 64);
const OPAQUE = imageFile(96, 64, 'jpeg');
const INPAINT = 'stability.stable-image-inpaint-v1:0';
const STRUCTURE = 'stability.stable-image-control-structure-v1:0';
const CUT_OUT = 'stability.stable-image-remove-background-v1:0';

let world: World;
const offering = (...operations: string[]) => new World({ ...CONFIGURATION, edits: { region: 'us-east-1', operations } });
beforeEach(() => { world = offering('inpaint', 'structure', 'remove-background'); });

type Part = readonly [name: string, value: string | Buffer];

/** As OpenAI's SDKs send a form, and API Gateway hands it on. */
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

const called = () => world.models.calledModels.map(({ id }) => id);
const PROMPT: Part = ['prompt', 'a hat'];

describe('POST /v1/images/edits', () => {
  it('with a mask paints what it marks', async () => {
    const { status, json } = await post([['image', FILE], ['mask', OPAQUE], PROMPT, ['n', '1'], ['size', '1024x1024'], ['quality', 'high'], ['input_fidelity', 'high']]);
    expect([status, json.data]).toEqual([200, [{ b64_json: expect.any(String) }]]);
    expect(called()).toEqual([INPAINT]);
    expect(world.models.calls).toEqual([expect.objectContaining({ image: FILE, mask: OPAQUE, prompt: 'a hat', outputFormat: 'png' })]);
  });

  it('with a mask of OpenAI\'s kind paints what is transparent of it', async () => {
    await post([['image', OPAQUE], ['mask', imageFileWithHole(96, 64, 40)], PROMPT]);
    const mask = PNG.sync.read(Buffer.from(world.models.calls[0].mask!));
    // white is painted, black is kept
    expect([mask.data[0], mask.data[4 * 95]]).toEqual([255, 0]);
  });

  it('without a mask paints what is transparent of the image', async () => {
    const image = imageFileWithHole(96, 64, 40);
    expect((await post([['image', image], PROMPT])).status).toBe(200);
    expect(called()).toEqual([INPAINT]);
    expect(world.models.calls[0].image).toEqual(image);
    const mask = PNG.sync.read(Buffer.from(world.models.calls[0].mask!));
    expect([mask.data[0], mask.data[4 * 95]]).toEqual([255, 0]);
  });

  it('paints the transparent part of a white picture, too', async () => {
    const white = new PNG({ width: 128, height: 128 });
    for (let at = 0; at < white.data.length; at += 4) white.data.set([255, 255, 255, (at / 4) % 128 < 64 ? 255 : 0], at);
    await post([['image', PNG.sync.write(white)], PROMPT]);
    const mask = PNG.sync.read(Buffer.from(world.models.calls[0].mask!));
    expect([mask.data[0], mask.data[4 * 127]]).toEqual([0, 255]);
  });

  it('decodes no picture that is too large for the edit, and none of a request that is refused', async () => {
    const decoding = jest.spyOn(PNG.sync, 'read');
    const huge = imageFileWithHole(4000, 3000, 40);
    expect((await post([['image', huge], PROMPT])).json.errors).toEqual([{ pointer: '/image', detail: expect.stringContaining('at most 9437184 pixels') }]);
    await post([['image', imageFileWithHole(96, 64, 40)]]);
    expect(decoding).not.toHaveBeenCalled();
    decoding.mockRestore();
  });

  it('without a mask and transparency draws anew on the structure of the image', async () => {
    expect((await post([['image', OPAQUE], PROMPT])).status).toBe(200);
    expect(called()).toEqual([STRUCTURE]);
    expect(world.models.calls).toEqual([expect.objectContaining({ image: OPAQUE, prompt: 'a hat' })]);
  });

  it.each<[string, Part[]]>([['image', [['image', OPAQUE]]], ['image[]', [['image[]', OPAQUE]]]])('takes one as %s', async (_, parts) => {
    expect((await post([...parts, PROMPT])).status).toBe(200);
  });

  it('draws several, as JPEG', async () => {
    const { json } = await post([['image', OPAQUE], PROMPT, ['n', '2']]);
    expect(json.data).toHaveLength(2);
    expect(world.models.calls.map(({ outputFormat }) => outputFormat)).toEqual(['jpeg', 'jpeg']);
  });

  it('removes the background where that is asked for', async () => {
    expect((await post([['image', OPAQUE], PROMPT, ['background', 'transparent']])).json.background).toBe('transparent');
    expect(called()).toEqual([STRUCTURE, CUT_OUT]);
  });

  it('streams', async () => {
    expect((await post([['image', OPAQUE], PROMPT, ['stream', 'true']])).text).toMatch(/^event: image_edit\.completed\ndata: /);
    expect((await post([['image', OPAQUE], PROMPT, ['stream', 'false']])).json.data).toHaveLength(1);
  });

  it('is answered with the first image where it is repeated', async () => {
    const parts: Part[] = [['image', OPAQUE], PROMPT];
    const first = await post(parts, { 'X-Stainless-Retry-Count': '0' });
    expect((await post(parts, { 'X-Stainless-Retry-Count': '1' })).json).toEqual(first.json);
    expect((await post([['image', FILE], PROMPT], { 'X-Stainless-Retry-Count': '1' })).status).toBe(200);
    expect(world.models.calls).toHaveLength(2);
  });

  it('takes an image of the caller by its id, and nobody else\'s', async () => {
    world.models.respond = ({ seed }) => ({ bytes: FILE, seed, contentType: 'image/png', width: 96, height: 64 });
    const { json: { id } } = await world.call('POST /images', { body: { prompt: 'x' } });
    const edit = (keyId: string) => world.call('POST /v1/images/edits', { body: { prompt: 'a hat', image: id }, keyId });
    expect((await edit('key-a')).status).toBe(200);
    expect([(await edit('key-b')).status, world.models.calls.length]).toEqual([404, 2]);
  });

  it('takes JSON as well', async () => {
    expect((await world.call('POST /v1/images/edits', { body: { prompt: 'a hat', image: OPAQUE.toString('base64') } })).status).toBe(200);
  });
});

describe('refusals', () => {
  it.each<[string, Part[], string, string]>([
    ['no prompt', [['image', OPAQUE]], 'prompt', 'is required'],
    ['no image', [PROMPT], 'image', 'is required'],
    ['several images', [['image[]', OPAQUE], ['image[]', FILE], PROMPT], 'image', 'must not be repeated'],
    ['no picture', [['image', Buffer.from('text')], PROMPT], 'image', 'a whole PNG, JPEG or WebP file'],
    ['a small picture', [['image', imageFile(63, 64)], PROMPT], 'image', 'sides of at least 64 pixels, got 63x64'],
    ['too many', [['image', OPAQUE], PROMPT, ['n', '5']], 'n', 'an integer from 1 to 4, got 5'],
    ['a model that is none', [['image', OPAQUE], PROMPT, ['model', 'midjourney']], 'model', 'must be one of'],
    ['a format that is none', [['image', OPAQUE], PROMPT, ['output_format', 'gif']], 'output_format', 'one of png, jpeg, webp'],
  ])('%s', async (_, parts, param, says) => {
    const { status, json } = await post(parts);
    expect([status, json.error]).toEqual([400, { message: expect.stringContaining(says), type: 'invalid_request_error', code: 'invalid_request', param }]);
    expect(json.errors).toHaveLength(1);
    expect(world.models.calls).toHaveLength(0);
  });

  it.each<[string, string[], Part[], string, string]>([
    ['a mask without inpaint', ['structure'], [['image', OPAQUE], ['mask', OPAQUE]], 'mask', 'is not available: this API does not have the edit inpaint'],
    ['no mask without structure', ['inpaint'], [['image', OPAQUE]], 'mask', 'is required: this API does not have the edit structure, which needs no mask'],
  ])('%s', async (_, operations, parts, param, says) => {
    world = offering(...operations);
    const { status, json } = await post([...parts, PROMPT]);
    expect([status, json.error]).toMatchObject([400, { param, message: `${param} ${says}` }]);
    expect(json.errors).toHaveLength(1);
  });

  it('name uploads only where there are some', async () => {
    const large = Buffer.alloc(4 * 1024 * 1024 + 3);
    expect((await post([['image', large], PROMPT])).json.detail).toContain('POST /images/uploads');
    world = new World({ ...CONFIGURATION, routes: ['openAi'], edits: { region: 'us-east-1', operations: ['inpaint'] } });
    const { status, json } = await post([['image', large], PROMPT]);
    expect([status, json.detail]).toEqual([413, expect.stringContaining('send smaller ones')]);
  });
});
