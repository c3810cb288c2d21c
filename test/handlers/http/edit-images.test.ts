import { CONFIGURATION, World } from '../world';
import { picture } from './pictures';

const edits = { region: 'us-east-1', operations: ['inpaint', 'erase', 'style-transfer', 'fast-upscale', 'remove-background', 'search-and-replace'] };
const FILE = picture(96, 64);
const base64 = FILE.toString('base64');
const UNKNOWN = '01JD0000000000000000000099';

let world: World;
beforeEach(() => {
  world = new World({ ...CONFIGURATION, edits });
  world.models.drawing = ({ seed }) => ({ bytes: FILE, seed, contentType: 'image/png', width: 96, height: 64 });
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
    expect((await erase(picture(96, 64, format).toString('base64'))).status).toBe(201);
    expect(world.models.calls[0].image).toEqual(picture(96, 64, format));
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
    const pictures = [picture(64, 64), picture(65, 64), picture(66, 64)];
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
    const body = { operation: 'style-transfer', image: await draw(), styleImage: await upload(picture(64, 96)) };
    expect((await edit(body)).status).toBe(201);
    expect(world.models.calls[0]).toMatchObject({ image: FILE, styleImage: picture(64, 96) });
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
    world.store.readIfThere = async (key) => { keys.push(key); return undefined; };
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
      const read = jest.spyOn(world.store, 'readIfThere');
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
    const image = await upload(picture(63, 64));
    expect((await edit({ operation: 'erase', image }, headers)).status).toBe(400);
    expect((await edit({ operation: 'erase', image: base64 }, headers)).status).toBe(201);
  });

  it.each([{ image: picture(65, 64).toString('base64') }, { operation: 'remove-background' }, { seed: 8 }])('is refused with another request: %#', async (other) => {
    await edit({ operation: 'erase', image: base64 }, headers);
    const { status, json } = await edit({ operation: 'erase', image: base64, ...other }, headers);
    expect([status, json.code]).toEqual([422, 'IDEMPOTENCY_MISMATCH']);
    expect(world.models.calls).toHaveLength(1);
  });
});
