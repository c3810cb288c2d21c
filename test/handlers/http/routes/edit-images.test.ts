import { PNG } from 'pngjs';
import { imageFileWithHole, imageFile } from '../../../fixtures/images';
import { CONFIGURATION, World } from '../../../helpers/world';

const edits = { region: 'us-east-1', operations: ['inpaint', 'erase', 'style-transfer', 'fast-upscale', 'remove-background', 'search-and-replace'] };
const FILE = imageFile(96, 64);
const base64 = FILE.toString('base64');
const UNKNOWN = '01JD0000000000000000000099';

let world: World;
beforeEach(() => {
  world = new World({ ...CONFIGURATION, edits });
  world.models.respond = ({ seed }) => ({ bytes: FILE, seed, contentType: 'image/png', width: 96, height: 64 });
});

const edit = (body: object, headers: Record<string, string> = {}, keyId = 'key-a') => world.call('POST /images/edits', { body, headers, keyId });
const erase = (image: string, keyId = 'key-a') => edit({ operation: 'erase', image }, {}, keyId);

async function createImage(count = 1, keyId = 'key-a'): Promise<string> {
  const { json } = await world.call('POST /images', { body: { prompt: 'x', count }, keyId });
  world.models.calls.length = 0;
  return json.id;
}

/** Creates an upload and stores its file. */
async function upload(file: Buffer, keyId = 'key-a'): Promise<string> {
  const { json } = await world.call('POST /images/uploads', { body: { contentType: 'image/png' }, keyId });
  world.store.putUpload((json.fields as Record<string, string>).key, file);
  return json.id;
}

it.each(['left', 'seed', 'operation', 'image', 'prompt', 'outputFormat'])('POST /images/edits returns 400 when %s is an object that cannot be converted', async (field) => {
  world = new World({ ...CONFIGURATION, edits: { region: 'us-east-1', operations: ['outpaint'] } });
  for (const value of [{ toString: 1 }, { toString: null, valueOf: null }]) {
    const { status, json } = await edit({ operation: 'outpaint', image: base64, up: 8, [field]: value });
    expect({ status, pointers: json.errors.map(({ pointer }) => pointer) }).toEqual({ status: 400, pointers: [`/${field}`] });
  }
  expect(world.models.calls).toHaveLength(0);
});

describe('POST /images/edits', () => {
  it('returns the response of POST /images, with the operation', async () => {
    const { status, headers, json } = await edit({ operation: 'search-and-replace', image: base64, prompt: 'a fox', searchPrompt: 'the dog', seed: 7 });
    expect(status).toBe(201);
    expect(headers.Location).toBe('/prod/images/01JD0000000000000000000001');
    expect(json).toMatchObject({
      id: '01JD0000000000000000000001',
      status: 'succeeded',
      model: 'stability.stable-image-search-replace-v1:0',
      operation: 'search-and-replace',
      prompt: 'a fox',
      images: [{ seed: 7, contentType: 'image/png', width: 96, height: 64 }],
    });
    const again = await world.call(`GET ${headers.Location.replace('/prod', '')}`);
    expect(again.json).toMatchObject({ operation: 'search-and-replace', prompt: 'a fox' });
    expect(JSON.stringify(world.records.items)).not.toContain(base64);
  });

  it('generates several images with different seeds', async () => {
    const { json } = await edit({ operation: 'erase', image: base64, count: 3, seed: 4_294_967_293 });
    expect(world.models.calls.map(({ seed }) => seed)).toEqual([4_294_967_293, 4_294_967_294, 1]);
    expect(json.images).toHaveLength(3);
  });

  it('returns the image file for Accept: image/webp', async () => {
    const response = await edit({ operation: 'erase', image: base64 }, { Accept: 'image/webp' });
    expect(response).toMatchObject({ status: 201, isBase64: true, text: base64, headers: { Location: expect.stringMatching(/^\/prod\/images\/01JD/) } });
    expect(world.models.calls[0].outputFormat).toBe('webp');
  });

  it('returns the image file if the API has only one operation', async () => {
    world = new World({ ...CONFIGURATION, edits: { ...edits, operations: ['erase'] } });
    expect((await edit({ operation: 'erase', image: base64 }, { Accept: 'image/webp' })).isBase64).toBe(true);
  });

  it('returns base64 on request', async () => {
    expect((await edit({ operation: 'erase', image: base64, response: 'base64' })).json.images[0].base64).toBe(base64);
  });

  it('returns 400 for fields of POST /images', async () => {
    const { status, json } = await edit({ operation: 'erase', image: base64, model: 'sd3-5-large', width: 64, height: 64 });
    expect(status).toBe(400);
    expect(json.errors.map(({ pointer }) => pointer)).toEqual(['/model', '/width', '/height']);
  });
});

describe('the input image of an edit', () => {
  it.each(['png', 'jpeg', 'webp'] as const)('can be base64 of a file: %s', async (format) => {
    expect((await erase(imageFile(96, 64, format).toString('base64'))).status).toBe(201);
    expect(world.models.calls[0].image).toEqual(imageFile(96, 64, format));
  });

  it('can be a data URL', async () => {
    expect((await erase(`data:image/png;base64,${base64}`)).status).toBe(201);
    expect(world.models.calls[0].image).toEqual(FILE);
  });

  it('can be a stored image, by its id', async () => {
    expect((await erase(await createImage())).status).toBe(201);
    expect(world.models.calls[0].image).toEqual(FILE);
  });

  it('can be one of several images, by id and index', async () => {
    const files = [imageFile(64, 64), imageFile(65, 64), imageFile(66, 64)];
    world.models.next.push(...files.map((bytes) => () => ({ bytes, seed: 1, contentType: 'image/png', width: 64, height: 64 })));
    const id = await createImage(3);
    for (const [index, file] of files.entries()) {
      world.models.calls.length = 0;
      await erase(`${id}/${index}`);
      expect(world.models.calls[0].image).toEqual(file);
    }
    expect((await erase(`${id}/3`)).status).toBe(404);
  });

  it('can be an upload, by its id', async () => {
    expect((await erase(await upload(FILE))).status).toBe(201);
    expect(world.models.calls[0].image).toEqual(FILE);
  });

  it('can be a stored image, together with an uploaded style image', async () => {
    const body = { operation: 'style-transfer', image: await createImage(), styleImage: await upload(imageFile(64, 96)) };
    expect((await edit(body)).status).toBe(201);
    expect(world.models.calls[0]).toMatchObject({ image: FILE, styleImage: imageFile(64, 96) });
  });
});

describe('the mask of an edit', () => {
  const HOLE = 10;
  const TRANSPARENT = imageFileWithHole(96, 64, HOLE);
  const inpaint = (mask: string, image = base64) => edit({ operation: 'inpaint', prompt: 'a fox', image, mask });

  /** Returns the brightness of the pixels in a row of the mask that the model received. */
  function brightness(): number[] {
    const { data, width, height, colorType } = PNG.sync.read(Buffer.from(world.models.calls[0].mask ?? []));
    expect(width).toBe(96);
    expect(height).toBe(64);
    expect(colorType).toBe(0);
    return Array.from({ length: width }, (_, x) => data[x * 4]);
  }
  const EXPECTED = Array.from({ length: 96 }, (_, x) => (x < HOLE ? 255 : 0));

  it.each([['base64', async () => TRANSPARENT.toString('base64')], ['an upload', () => upload(TRANSPARENT)]])(
    'is converted to white for the transparent area of a PNG and black elsewhere: as %s', async (_case, createMask) => {
      expect((await inpaint(await createMask())).status).toBe(201);
      expect(brightness()).toEqual(EXPECTED);
    });

  it('is converted for erase, too', async () => {
    expect((await edit({ operation: 'erase', image: base64, mask: TRANSPARENT.toString('base64') })).status).toBe(201);
    expect(brightness()).toEqual(EXPECTED);
  });

  it.each([['a PNG', imageFileWithHole(96, 64, 0)], ['a JPEG', imageFile(96, 64, 'jpeg')], ['a WebP', imageFileWithHole(96, 64, 0, 'webp')]])(
    'is passed to the model unchanged without transparency: %s', async (_case, file) => {
      expect((await inpaint(file.toString('base64'))).status).toBe(201);
      expect(world.models.calls[0].mask).toEqual(file);
    });

  it('does not change the image, whose transparency the model reads', async () => {
    expect((await inpaint(TRANSPARENT.toString('base64'), TRANSPARENT.toString('base64'))).status).toBe(201);
    expect(world.models.calls[0].image).toEqual(TRANSPARENT);
  });

  const broken = Buffer.from(TRANSPARENT);
  broken.fill(0, TRANSPARENT.length - 40, TRANSPARENT.length - 20);

  it.each([
    ['a transparent WebP', imageFileWithHole(96, 64, HOLE, 'webp'), /must not be a WebP file with transparency .*send a PNG.* for stability\.stable-image-inpaint/],
    ['a transparent PNG that cannot be decoded', broken, /a complete PNG, JPEG or WebP file for stability\.stable-image-inpaint/],
  ])('returns 400 without a model call for %s', async (_case, file, detail) => {
    for (const mask of [file.toString('base64'), await upload(file)]) {
      const { status, json } = await inpaint(mask);
      expect({ status, json }).toMatchObject({ status: 400, json: { code: 'INVALID_REQUEST' } });
      expect(json.errors).toEqual([{ pointer: '/mask', detail: expect.stringMatching(detail) }]);
    }
    expect(world.models.calls).toHaveLength(0);
  });

  it('returns its error together with the error of the image', async () => {
    const { json } = await inpaint(broken.toString('base64'), imageFile(63, 64).toString('base64'));
    expect(json.errors.map(({ pointer }) => pointer)).toEqual(['/image', '/mask']);
  });

  it('is not derived from a transparent WebP: such an input image is passed unchanged', async () => {
    const file = imageFileWithHole(96, 64, HOLE, 'webp');
    expect((await erase(file.toString('base64'))).status).toBe(201);
    expect(world.models.calls[0].image).toEqual(file);
  });
});

describe('the id of an input image', () => {
  it.each(['image', 'upload'])('returns the same 404 for the %s of another owner as for an unknown id', async (kind) => {
    const id = kind === 'image' ? await createImage() : await upload(FILE);
    const ofOtherOwner = await erase(id, 'key-b');
    const unknown = await erase(UNKNOWN, 'key-b');
    expect(ofOtherOwner).toMatchObject({ status: 404, json: { code: 'NOT_FOUND' } });
    expect(ofOtherOwner.json).toEqual(unknown.json);
    expect(ofOtherOwner.json.detail).toContain('image: the image does not exist or belongs to another owner');
    expect(world.models.calls).toHaveLength(0);
  });

  it('is read only from the folder of the owner', async () => {
    const id = await createImage();
    const keys: string[] = [];
    world.store.readIfExists = async (key) => { keys.push(key); return undefined; };
    await erase(id, 'key-b');
    await erase(id, 'key-a');
    const [bobs, alices] = keys.map((key) => key.split('/').find((part) => /^[0-9a-f]{32}$/.test(part)));
    expect(bobs).not.toBe(alices);
    expect(keys[1]).toContain(id);
  });

  it('returns 404 for an expired image that S3 still stores', async () => {
    const id = await createImage();
    world.time += 30 * 24 * 3600 * 1000 - 1;
    expect((await erase(id)).status).toBe(201);
    world.time += 1;
    expect((await erase(id)).status).toBe(404);
  });

  it('returns 404 for a deleted image', async () => {
    const id = await createImage();
    await world.call(`DELETE /images/${id}`);
    expect((await erase(id)).status).toBe(404);
  });

  it.each(['../../etc/passwd', `${UNKNOWN}/../0`, `${UNKNOWN}/4`, `${UNKNOWN}/00`, 'uploads/x', 'https://example.com/a.png', `${UNKNOWN}\n`])(
    'cannot be %j', async (image) => {
      const read = jest.spyOn(world.store, 'readIfExists');
      const { status, json } = await erase(image);
      expect(status).toBe(400);
      expect(json.errors[0].pointer).toBe('/image');
      expect(read).not.toHaveBeenCalled();
    });
});

describe('the Idempotency-Key of an edit', () => {
  const headers = { 'Idempotency-Key': 'k' };

  it('generates one image for repeated requests', async () => {
    const first = await edit({ operation: 'erase', image: base64 }, headers);
    const second = await edit({ image: base64, operation: 'erase' }, headers);
    expect(second).toMatchObject({ status: 201, json: { id: first.json.id, operation: 'erase' } });
    expect(world.models.calls).toHaveLength(1);
  });

  it('returns the same image after its input image was deleted', async () => {
    const image = await createImage();
    const first = await edit({ operation: 'erase', image }, headers);
    await world.call(`DELETE /images/${image}`);
    expect((await edit({ operation: 'erase', image }, headers)).json.id).toBe(first.json.id);
    expect(world.models.calls).toHaveLength(1);
  });

  it('can be used again after an invalid input image', async () => {
    const image = await upload(imageFile(63, 64));
    expect((await edit({ operation: 'erase', image }, headers)).status).toBe(400);
    expect((await edit({ operation: 'erase', image: base64 }, headers)).status).toBe(201);
  });

  it.each([{ image: imageFile(65, 64).toString('base64') }, { operation: 'remove-background' }, { seed: 8 }])('returns 422 for another request: %#', async (other) => {
    await edit({ operation: 'erase', image: base64 }, headers);
    expect(await edit({ operation: 'erase', image: base64, ...other }, headers)).toMatchObject({ status: 422, json: { code: 'IDEMPOTENCY_MISMATCH' } });
    expect(world.models.calls).toHaveLength(1);
  });
});
