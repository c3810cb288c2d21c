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

async function draw(count = 1, keyId = 'key-a'): Promise<string> {
  const { json } = await world.call('POST /images', { body: { prompt: 'x', count }, keyId });
  world.models.calls.length = 0;
  return json.id;
}

/** As S3 has it after the client sent its form. */
async function upload(file: Buffer, keyId = 'key-a'): Promise<string> {
  const { json } = await world.call('POST /images/uploads', { body: { contentType: 'image/png' }, keyId });
  world.store.putUpload((json.fields as Record<string, string>).key, file);
  return json.id;
}

describe('POST /images/edits', () => {
  it('answers as POST /images does, with the operation', async () => {
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

  it('draws several by seeds of their own', async () => {
    const { json } = await edit({ operation: 'erase', image: base64, count: 3, seed: 4_294_967_293 });
    expect(world.models.calls.map(({ seed }) => seed)).toEqual([4_294_967_293, 4_294_967_294, 1]);
    expect(json.images).toHaveLength(3);
  });

  it('answers the picture itself to a client that asks for one', async () => {
    const answer = await edit({ operation: 'erase', image: base64 }, { Accept: 'image/webp' });
    expect(answer).toMatchObject({ status: 201, isBase64: true, text: base64, headers: { Location: expect.stringMatching(/^\/prod\/images\/01JD/) } });
    expect(world.models.calls[0].outputFormat).toBe('webp');
  });

  it('answers inline when asked', async () => {
    expect((await edit({ operation: 'erase', image: base64, response: 'base64' })).json.images[0].base64).toBe(base64);
  });

  it('refuses what belongs to POST /images', async () => {
    const { status, json } = await edit({ operation: 'erase', image: base64, model: 'sd3-5-large', width: 64, height: 64 });
    expect([status, json.errors.map(({ pointer }) => pointer)]).toEqual([400, ['/model', '/width', '/height']]);
  });
});

describe('the image', () => {
  it.each(['png', 'jpeg', 'webp'] as const)('can be base64 of a file: %s', async (format) => {
    expect((await erase(imageFile(96, 64, format).toString('base64'))).status).toBe(201);
    expect(world.models.calls[0].image).toEqual(imageFile(96, 64, format));
  });

  it('can be a data URL', async () => {
    expect((await erase(`data:image/png;base64,${base64}`)).status).toBe(201);
    expect(world.models.calls[0].image).toEqual(FILE);
  });

  it('can be a stored image, by its id', async () => {
    expect((await erase(await draw())).status).toBe(201);
    expect(world.models.calls[0].image).toEqual(FILE);
  });

  it('can be one of several, by the id and its place', async () => {
    const pictures = [imageFile(64, 64), imageFile(65, 64), imageFile(66, 64)];
    world.models.next.push(...pictures.map((bytes) => () => ({ bytes, seed: 1, contentType: 'image/png', width: 64, height: 64 })));
    const id = await draw(3);
    for (const [index, file] of pictures.entries()) {
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

  it('can come in three ways at once', async () => {
    const body = { operation: 'style-transfer', image: await draw(), styleImage: await upload(imageFile(64, 96)) };
    expect((await edit(body)).status).toBe(201);
    expect(world.models.calls[0]).toMatchObject({ image: FILE, styleImage: imageFile(64, 96) });
  });
});

describe('a mask', () => {
  const HOLE = 10;
  const HOLED = imageFileWithHole(96, 64, HOLE);
  const inpaint = (mask: string, image = base64) => edit({ operation: 'inpaint', prompt: 'a fox', image, mask });

  /** Brightness of the pixels in the row of the mask that the model got. */
  function brightness(): number[] {
    const { data, width, height, colorType } = PNG.sync.read(Buffer.from(world.models.calls[0].mask ?? []));
    expect([width, height, colorType]).toEqual([96, 64, 0]);
    return Array.from({ length: width }, (_, x) => data[x * 4]);
  }
  const HALVES = Array.from({ length: 96 }, (_, x) => (x < HOLE ? 255 : 0));

  it.each([['base64', async () => HOLED.toString('base64')], ['an upload', () => upload(HOLED)]])(
    'reaches the model white where a PNG is transparent, black elsewhere: as %s', async (_how, given) => {
      expect((await inpaint(await given())).status).toBe(201);
      expect(brightness()).toEqual(HALVES);
    });

  it('does so for erase, too', async () => {
    expect((await edit({ operation: 'erase', image: base64, mask: HOLED.toString('base64') })).status).toBe(201);
    expect(brightness()).toEqual(HALVES);
  });

  it.each([['a PNG', imageFileWithHole(96, 64, 0)], ['a JPEG', imageFile(96, 64, 'jpeg')], ['a WebP', imageFileWithHole(96, 64, 0, 'webp')]])(
    'reaches it as it is without transparency: %s', async (_what, file) => {
      expect((await inpaint(file.toString('base64'))).status).toBe(201);
      expect(world.models.calls[0].mask).toEqual(file);
    });

  it('leaves the image as it is, whose transparency the model reads itself', async () => {
    expect((await inpaint(HOLED.toString('base64'), HOLED.toString('base64'))).status).toBe(201);
    expect(world.models.calls[0].image).toEqual(HOLED);
  });

  const broken = Buffer.from(HOLED);
  broken.fill(0, HOLED.length - 40, HOLED.length - 20);

  it.each([
    ['a transparent WebP', imageFileWithHole(96, 64, HOLE, 'webp'), /no transparency as WebP .*send it as PNG.* for stability\.stable-image-inpaint/],
    ['a transparent PNG that cannot be decoded', broken, /a whole PNG, JPEG or WebP file for stability\.stable-image-inpaint/],
  ])('is refused before anything is charged: %s', async (_what, file, says) => {
    for (const mask of [file.toString('base64'), await upload(file)]) {
      const { status, json } = await inpaint(mask);
      expect([status, json.code, json.errors]).toEqual([400, 'INVALID_REQUEST', [{ pointer: '/mask', detail: expect.stringMatching(says) }]]);
    }
    expect(world.models.calls).toHaveLength(0);
  });

  it('is refused together with the image', async () => {
    const { json } = await inpaint(broken.toString('base64'), imageFile(63, 64).toString('base64'));
    expect(json.errors.map(({ pointer }) => pointer)).toEqual(['/image', '/mask']);
  });

  it('is not turned into another where it is the image, transparent WebP included', async () => {
    const file = imageFileWithHole(96, 64, HOLE, 'webp');
    expect((await erase(file.toString('base64'))).status).toBe(201);
    expect(world.models.calls[0].image).toEqual(file);
  });
});

describe('an id', () => {
  it.each(['image', 'upload'])('of somebody else\'s %s is not found, and is no different from one that nobody has', async (kind) => {
    const id = kind === 'image' ? await draw() : await upload(FILE);
    const theirs = await erase(id, 'key-b');
    const nobodys = await erase(UNKNOWN, 'key-b');
    expect([theirs.status, theirs.json.code]).toEqual([404, 'NOT_FOUND']);
    expect(theirs.json).toEqual(nobodys.json);
    expect(theirs.json.detail).toContain('image: there is no such image, or it is not yours');
    expect(world.models.calls).toHaveLength(0);
  });

  it('is looked for under the caller\'s own name only', async () => {
    const id = await draw();
    const keys: string[] = [];
    world.store.readIfExists = async (key) => { keys.push(key); return undefined; };
    await erase(id, 'key-b');
    await erase(id, 'key-a');
    const [bobs, alices] = keys.map((key) => key.split('/').find((part) => /^[0-9a-f]{32}$/.test(part)));
    expect(bobs).not.toBe(alices);
    expect(keys[1]).toContain(id);
  });

  it('of an expired image is not found, though S3 has it still', async () => {
    const id = await draw();
    world.time += 30 * 24 * 3600 * 1000 - 1;
    expect((await erase(id)).status).toBe(201);
    world.time += 1;
    expect((await erase(id)).status).toBe(404);
  });

  it('of a deleted image is not found', async () => {
    const id = await draw();
    await world.call(`DELETE /images/${id}`);
    expect((await erase(id)).status).toBe(404);
  });

  it.each(['../../etc/passwd', `${UNKNOWN}/../0`, `${UNKNOWN}/4`, `${UNKNOWN}/00`, 'uploads/x', 'https://example.com/a.png', `${UNKNOWN}\n`])(
    'is not %j', async (image) => {
      const read = jest.spyOn(world.store, 'readIfExists');
      const { status, json } = await erase(image);
      expect([status, json.errors[0].pointer]).toEqual([400, '/image']);
      expect(read).not.toHaveBeenCalled();
    });
});

describe('Idempotency-Key', () => {
  const headers = { 'Idempotency-Key': 'k' };

  it('buys one edit of the same file', async () => {
    const first = await edit({ operation: 'erase', image: base64 }, headers);
    const second = await edit({ image: base64, operation: 'erase' }, headers);
    expect([second.status, second.json.id, second.json.operation]).toEqual([201, first.json.id, 'erase']);
    expect(world.models.calls).toHaveLength(1);
  });

  it('gives the same image though its source is gone since', async () => {
    const image = await draw();
    const first = await edit({ operation: 'erase', image }, headers);
    await world.call(`DELETE /images/${image}`);
    expect((await edit({ operation: 'erase', image }, headers)).json.id).toBe(first.json.id);
    expect(world.models.calls).toHaveLength(1);
  });

  it('is not used up by a picture that the model does not take', async () => {
    const image = await upload(imageFile(63, 64));
    expect((await edit({ operation: 'erase', image }, headers)).status).toBe(400);
    expect((await edit({ operation: 'erase', image: base64 }, headers)).status).toBe(201);
  });

  it.each([{ image: imageFile(65, 64).toString('base64') }, { operation: 'remove-background' }, { seed: 8 }])('is refused with another request: %#', async (other) => {
    await edit({ operation: 'erase', image: base64 }, headers);
    const { status, json } = await edit({ operation: 'erase', image: base64, ...other }, headers);
    expect([status, json.code]).toEqual([422, 'IDEMPOTENCY_MISMATCH']);
    expect(world.models.calls).toHaveLength(1);
  });
});
