import { decodeInlineImage } from '../../../src/handlers/requests/input-images';
import { imageFile } from '../../fixtures/images';
import { paddedImage } from '../../fixtures/padded-image';
import { CONFIGURATION, World } from '../../helpers/world';

const MEBIBYTE = 1024 * 1024;
const SD35 = { ...CONFIGURATION, models: [{ id: 'stability.sd3-5-large-v1:0', region: 'us-west-2' }] };
const FILE = imageFile(96, 64);

let world: World;
beforeEach(() => { world = new World({ ...CONFIGURATION, edits: { region: 'us-east-1', operations: ['erase'] } }); });

const erase = (body: object) => world.call('POST /images/edits', { body: { operation: 'erase', ...body } });
const generate = (body: object) => world.call('POST /images', { body: { prompt: 'x', ...body } });

/** Uploads a file. Returns the id of the upload. */
async function uploadOf(file: Buffer): Promise<string> {
  const { json } = await world.call('POST /images/uploads', { body: { contentType: 'image/png' } });
  world.store.putUpload((json.fields as Record<string, string>).key, file);
  return json.id;
}

describe('an image field', () => {
  it.each([
    '', ' ', '%%%', 'data:image/png,QUJD', 'QUJD====', 'QU=JD', 'https://example.com/a.png', 7, null, ['QUJD'], {},
  ])('returns 400 for %j, which is neither an id nor base64', async (image) => {
    const { status, json } = await erase({ image });
    expect(status).toBe(400);
    expect(json.errors).toEqual([{ pointer: '/image', detail: 'must be the id of one of your images or uploads, or a PNG, JPEG or WebP in base64' }]);
    expect(world.models.calls).toEqual([]);
  });

  it('returns 400 with the formats when it is missing', async () => {
    const { status, json } = await erase({});
    expect(status).toBe(400);
    expect(json.errors).toEqual([{ pointer: '/image', detail: 'is required by stability.stable-image-erase-object-v1:0: an image (jpeg, png, webp)' }]);
  });

  const base64 = FILE.toString('base64');
  it.each([
    ['a data URL', `data:image/png;base64,${base64}`],
    ['a data URL of another type', `data:application/octet-stream;base64,${base64}`],
    ['a data URL with parameters, in upper case', `DATA:image/png;name=a.png;BASE64,${base64}`],
    ['base64 with line breaks', base64.replace(/.{76}/g, '$&\r\n')],
    ['base64 with a line break at the end', `${base64}\n`],
    ['base64url', FILE.toString('base64url')],
    ['base64 without padding', base64.replace(/=+$/, '')],
  ])('can be %s', async (_what, image) => {
    expect((await erase({ image })).status).toBe(201);
    expect(world.models.calls).toMatchObject([{ image: FILE }]);
  });

  it('returns 400 when its bytes are no image, in any form', async () => {
    for (const image of ['QUJD', 'a b', 'data:text/plain;base64,QUJD']) {
      const { status, json } = await erase({ image });
      expect({ status, detail: json.detail }).toEqual({ status: 400, detail: expect.stringMatching(/^image must be a complete PNG, JPEG or WebP file/) });
    }
  });
});

describe('inline images', () => {
  it('can have 4 MiB in total', async () => {
    const { status } = await erase({ image: paddedImage(4 * MEBIBYTE).toString('base64') });
    expect(status).toBe(201);
    expect(world.logs.filter((line) => line.includes('"error"'))).toEqual([]);
  });

  it.each([
    { image: 4 * MEBIBYTE + 3 }, { image: 2 * MEBIBYTE + 3, mask: 2 * MEBIBYTE },
  ])('return 413 if they are larger in total: %j', async (sizes) => {
    const files = Object.fromEntries(Object.entries(sizes).map(([field, bytes]) => [field, paddedImage(bytes).toString('base64')]));
    const { status, json } = await erase(files);
    expect(status).toBe(413);
    expect(json).toMatchObject({ code: 'PAYLOAD_TOO_LARGE', detail: expect.stringMatching(/4194304 bytes in total, got 4194307; .*POST \/images\/uploads/) });
    expect(world.models.calls).toEqual([]);
  });

  it('do not include uploads', async () => {
    expect((await erase({ image: await uploadOf(paddedImage(17 * MEBIBYTE)), mask: imageFile(64, 64).toString('base64') })).status).toBe(201);
    // an id is valid base64, and its bytes would exceed the limit
    expect((await erase({ image: paddedImage(4 * MEBIBYTE).toString('base64'), mask: await uploadOf(imageFile(64, 64)) })).status).toBe(201);
  });

  it.each([
    ['send smaller images', undefined], ['POST /images/uploads', { region: 'us-east-1', operations: ['erase'] }],
  ])('return 413 with the remedy %s of this API', async (remedy, edits) => {
    world = new World({ ...SD35, edits });
    const { status, json } = await generate({ image: paddedImage(4 * MEBIBYTE + 3).toString('base64'), strength: 0.5 });
    expect(status).toBe(413);
    expect(json.detail).toContain(remedy);
  });
});

describe('decodeInlineImage', () => {
  it.each([FILE.toString('base64'), FILE.toString('base64url'), `data:image/png;base64,${FILE.toString('base64')}`])('returns the bytes of the file: %#', (value) => {
    expect(FILE.equals(decodeInlineImage(value))).toBe(true);
  });
});

describe('the input image of POST /images', () => {
  beforeEach(() => { world = new World(SD35); });

  it('sets the mode of the model, and no aspect ratio', async () => {
    await generate({ image: FILE.toString('base64'), strength: 0.5 });
    expect(world.models.calls[0]).toMatchObject({ image: FILE, mode: 'image-to-image', strength: 0.5 });
    expect(world.models.calls[0].aspectRatio).toBeUndefined();
  });

  it('is optional', async () => {
    await generate({});
    expect(world.models.calls[0]).not.toHaveProperty('mode');
    expect(world.models.calls[0].aspectRatio).toBe('1:1');
  });
});
