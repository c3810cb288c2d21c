import { type Format, picture } from '../../fixtures/images';
import { CONFIGURATION, World } from '../../helpers/world';

const OPERATIONS = ['inpaint', 'erase', 'style-transfer', 'fast-upscale', 'creative-upscale'];
const IDS: Readonly<Record<string, string>> = {
  'inpaint': 'stability.stable-image-inpaint-v1:0',
  'erase': 'stability.stable-image-erase-object-v1:0',
  'style-transfer': 'stability.stable-style-transfer-v1:0',
  'fast-upscale': 'stability.stable-fast-upscale-v1:0',
  'creative-upscale': 'stability.stable-creative-upscale-v1:0',
};
const MEBIBYTE = 1024 * 1024;

let world: World;
beforeEach(() => { world = new World({ ...CONFIGURATION, edits: { region: 'us-east-1', operations: OPERATIONS } }); });

const edit = (operation: string, more: object) => world.call('POST /images/edits', { body: { operation, ...more } });
const base64 = (width: number, height: number, format?: Format) => picture(width, height, format).toString('base64');

async function upload(file: Buffer): Promise<string> {
  const { json } = await world.call('POST /images/uploads', { body: { contentType: 'image/png' } });
  world.store.putUpload((json.fields as Record<string, string>).key, file);
  return json.id;
}

/** A whole PNG with padding behind its end: as large as wanted. */
const padded = (bytes: number) => {
  const file = picture(64, 64);
  // inside the file, in a chunk that readers skip
  const chunk = Buffer.alloc(bytes - file.length);
  chunk.writeUInt32BE(chunk.length - 12, 0);
  chunk.write('prVt', 4, 'latin1');
  const end = file.length - 12;
  return Buffer.concat([file.subarray(0, end), chunk, file.subarray(end)]);
};

describe('a picture that the model takes', () => {
  it.each([
    ['erase', 64, 64], ['erase', 160, 64], ['erase', 64, 160],
    ['fast-upscale', 32, 32], ['fast-upscale', 1536, 682], ['creative-upscale', 64, 64], ['creative-upscale', 1024, 1024], ['creative-upscale', 1024, 64],
  ])('%s: %i x %i', async (operation, width, height) => {
    expect((await edit(operation, { image: base64(width, height), ...operation === 'creative-upscale' && { prompt: 'x' } })).status).toBe(201);
    expect(world.models.calls).toHaveLength(1);
  });
});

describe('a picture that the model does not take', () => {
  it.each([
    ['erase', 63, 64, 'sides of at least 64 pixels'], ['erase', 64, 63, 'sides of at least 64 pixels'],
    ['erase', 161, 64, '1:2.5 to 2.5:1'], ['erase', 64, 161, '1:2.5 to 2.5:1'],
    ['fast-upscale', 31, 64, 'sides of at least 32 pixels'], ['fast-upscale', 1537, 600, 'sides of at most 1536 pixels'],
    ['fast-upscale', 1025, 1024, 'at most 1048576 pixels'], ['creative-upscale', 1025, 1024, 'at most 1048576 pixels'],
  ])('%s: %i x %i', async (operation, width, height, says) => {
    const { status, json } = await edit(operation, { image: base64(width, height), ...operation === 'creative-upscale' && { prompt: 'x' } });
    expect([status, json.code, json.errors.map(({ pointer }) => pointer)]).toEqual([400, 'INVALID_REQUEST', ['/image']]);
    for (const part of [says, `got ${width}x${height}`, IDS[operation]]) expect(json.errors[0].detail).toContain(part);
    expect(world.models.calls).toHaveLength(0);
  });

  it('is looked at in each of its fields', async () => {
    const { json } = await edit('style-transfer', { image: base64(63, 64), styleImage: base64(64, 161) });
    expect(json.errors.map(({ pointer }) => pointer)).toEqual(['/image', '/styleImage']);
  });

  it('is looked at as an upload, too', async () => {
    const { status, json } = await edit('erase', { image: await upload(picture(63, 64)) });
    expect([status, json.errors[0].detail]).toEqual([400, expect.stringContaining('got 63x64')]);
  });
});

describe('what is no picture', () => {
  const png = picture(96, 64);
  const jpeg = picture(96, 64, 'jpeg');
  const webp = picture(96, 64, 'webp');

  it.each([
    ['text', Buffer.from('a lighthouse')],
    ['a GIF', Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96"/>')],
    ['a PNG cut short', png.subarray(0, -20)],
    ['a JPEG cut short', jpeg.subarray(0, -20)],
    ['a WebP cut short', webp.subarray(0, -20)],
    ['the head of a PNG', png.subarray(0, 10)],
  ])('is refused: %s', async (_what, file) => {
    for (const image of [file.toString('base64'), await upload(file)]) {
      const { status, json } = await edit('inpaint', { image: base64(96, 64), mask: image, prompt: 'x' });
      expect([status, json.errors]).toEqual([400, [{ pointer: '/mask', detail: expect.stringContaining('a whole PNG, JPEG or WebP file') }]]);
    }
    expect(world.models.calls).toHaveLength(0);
  });

  it.each(['', ' ', '%%%', 'a b', 'data:text/plain;base64,QUJD', 'QUJD====', 'https://example.com/a.png', 7, null, ['QUJD'], {}])('is refused: %j', async (image) => {
    const { status, json } = await edit('erase', { image });
    expect([status, json.errors]).toEqual([400, [{ pointer: '/image', detail: expect.stringMatching(/must be the id of an image or upload of yours, or base64/) }]]);
    expect(world.models.calls).toHaveLength(0);
  });
});

describe('sizes', () => {
  it('up to 4 MB together travel in the request', async () => {
    const { status } = await edit('erase', { image: padded(4 * MEBIBYTE).toString('base64') });
    // the log says what went wrong, should anything
    expect([status, world.logs.filter((line) => line.includes('"error"'))]).toEqual([201, []]);
  });

  it('above are refused with the way to go', async () => {
    for (const more of [{ image: padded(4 * MEBIBYTE + 3) }, { image: padded(2 * MEBIBYTE + 3), mask: padded(2 * MEBIBYTE) }]) {
      const files = Object.fromEntries(Object.entries(more).map(([field, file]) => [field, file.toString('base64')]));
      const { status, json } = await edit('erase', files);
      expect([status, json.code]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
      expect(json.detail).toMatch(/4194304 bytes together.*POST \/images\/uploads/);
    }
    expect(world.models.calls).toHaveLength(0);
  });

  it('of an upload do not count for that', async () => {
    const image = await upload(padded(18 * MEBIBYTE - 300_000));
    expect((await edit('erase', { image, mask: base64(64, 64) })).status).toBe(201);
  });

  it('beyond what the model takes in one call are refused with the numbers', async () => {
    const { status, json } = await edit('erase', { image: await upload(padded(18_675_001)) });
    expect([status, json.code]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
    expect(json.detail).toBe('the model takes pictures of 18675000 bytes together, these have 18675001');
    const two = await edit('style-transfer', { image: await upload(padded(10_000_000)), styleImage: await upload(padded(10_000_000)) });
    expect(two.status).toBe(413);
    expect(world.models.calls).toHaveLength(0);
  });

  it('count a transparent mask as the model gets it', async () => {
    const body = { image: await upload(padded(10_000_000)), mask: await upload(padded(10_000_000)), prompt: 'x' };
    expect((await edit('inpaint', body)).status).toBe(201);
    expect(world.models.calls[0].mask?.byteLength).toBeLessThan(1000);
  });
});

describe('an image that a drawing starts from', () => {
  const sd35 = { ...CONFIGURATION, models: [{ id: 'stability.sd3-5-large-v1:0', region: 'us-west-2' }] };
  const draw = (more: object) => world.call('POST /images', { body: { prompt: 'x', ...more } });
  beforeEach(() => { world = new World(sd35); });

  it('is told to the model as such', async () => {
    await draw({ image: base64(96, 64), strength: 0.5 });
    expect(world.models.calls[0]).toMatchObject({ image: picture(96, 64), mode: 'image-to-image', strength: 0.5 });
    expect(world.models.calls[0].aspectRatio).toBeUndefined();
  });

  it('is not, where there is none', async () => {
    await draw({});
    expect(world.models.calls[0]).not.toHaveProperty('mode');
    expect(world.models.calls[0].aspectRatio).toBe('1:1');
  });

  it.each([[undefined, 'send smaller ones'], [{ region: 'us-east-1', operations: ['erase'] }, 'by POST /images/uploads']])(
    'that is too large is told the way that this API has: %j', async (edits, way) => {
      world = new World({ ...sd35, edits });
      const { status, json } = await draw({ image: padded(4 * MEBIBYTE + 3).toString('base64'), strength: 0.5 });
      expect([status, json.detail]).toEqual([413, expect.stringContaining(way)]);
    });
});
