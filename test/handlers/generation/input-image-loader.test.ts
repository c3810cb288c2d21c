import { imageFileError, InputImageLoader } from '../../../src/handlers/generation/input-image-loader';
import type { GenerateRequest, InputImageField } from '../../../src/handlers/generation/types';
import { imageFile } from '../../fixtures/images';
import { paddedImage } from '../../fixtures/padded-image';
import { CONFIGURATION, World } from '../../helpers/world';

const IDS: Readonly<Record<string, string>> = {
  'inpaint': 'stability.stable-image-inpaint-v1:0',
  'erase': 'stability.stable-image-erase-object-v1:0',
  'style-transfer': 'stability.stable-style-transfer-v1:0',
  'fast-upscale': 'stability.stable-fast-upscale-v1:0',
  'creative-upscale': 'stability.stable-creative-upscale-v1:0',
};
const HOUR_MS = 3600 * 1000;

let world: World;
beforeEach(() => { world = new World({ ...CONFIGURATION, edits: { region: 'us-east-1', operations: Object.keys(IDS) } }); });

const edit = (operation: string, body: object, keyId?: string) => world.call('POST /images/edits', {
  body: { operation, ...operation === 'creative-upscale' && { prompt: 'x' }, ...body }, ...keyId !== undefined && { keyId },
});
const inline = (width: number, height: number) => imageFile(width, height).toString('base64');

async function upload(file: Buffer): Promise<string> {
  const { json } = await world.call('POST /images/uploads', { body: { contentType: 'image/png' } });
  world.store.putUpload((json.fields as Record<string, string>).key, file);
  return json.id;
}

/** Generates images, to be edited. */
async function generateImages(...files: Buffer[]): Promise<string> {
  world.models.next.push(...files.map((bytes) => ({ seed }: { seed?: number }) => ({ bytes, seed, contentType: 'image/png', width: 96, height: 64 })));
  const { json } = await world.call('POST /images', { body: { prompt: 'x', count: files.length, seed: 1 } });
  world.models.calls.length = 0;
  return json.id;
}

describe('an input image', () => {
  const [ONE, TWO] = [imageFile(96, 64), imageFile(64, 96)];

  it('can be a generated image', async () => {
    await edit('erase', { image: await generateImages(ONE) });
    expect(world.models.calls).toMatchObject([{ image: ONE }]);
  });

  it('can be one of several generated images', async () => {
    await edit('erase', { image: `${await generateImages(ONE, TWO)}/1` });
    expect(world.models.calls).toMatchObject([{ image: TWO }]);
  });

  it.each(['png', 'jpeg', 'webp'] as const)('is sent to the model without the bytes that follow it: %s', async (format) => {
    const file = imageFile(96, 64, format);
    await edit('erase', { image: Buffer.concat([file, Buffer.alloc(2_000, 1)]).toString('base64') });
    expect(world.models.calls).toEqual([expect.objectContaining({ image: file })]);
  });

  it('can be an upload', async () => {
    await edit('erase', { image: await upload(ONE) });
    expect(world.models.calls).toMatchObject([{ image: ONE }]);
  });

  it.each<[string, () => Promise<string>]>([
    ['does not exist', async () => '01JD0000000000000000009999'], ['has another index', async () => `${await generateImages(ONE)}/1`],
  ])('returns 404 without a model call if it %s', async (_what, id) => {
    const image = await id();
    expect(await edit('erase', { image })).toMatchObject({ status: 404, json: { code: 'NOT_FOUND', detail: expect.stringMatching(/^image: /) } });
    expect(world.models.calls).toEqual([]);
  });

  it.each([['image', () => generateImages(ONE)], ['upload', () => upload(ONE)]])('returns 404 if it is the %s of another owner', async (_what, create) => {
    expect((await edit('erase', { image: await create() }, 'key-b')).status).toBe(404);
  });

  it('returns 404 after its expiration, even if S3 has not deleted it', async () => {
    const image = await generateImages(ONE);
    world.time += 30 * 24 * HOUR_MS;
    expect((await edit('erase', { image })).status).toBe(404);
  });
});

describe('the source of an image', () => {
  it('is the input image, even if the request lists another image before it', async () => {
    const [image, styleImage] = [await generateImages(imageFile(96, 64)), await generateImages(imageFile(64, 96))];
    const [{ owner }] = world.records.items;
    const clock = { now: () => world.time, sleep: async () => {} };
    const loader = new InputImageLoader({ records: world.records, store: world.store, clock }, CONFIGURATION);
    const input = (field: InputImageField, id: string) => ({ field, source: { id, index: 0 } });
    const sourceOf = (...inputImages: GenerateRequest['inputImages']) => loader.sourceOf({ inputImages } as GenerateRequest, owner);
    expect(await sourceOf(input('styleImage', styleImage), input('image', image))).toEqual({ id: image, index: 0 });
    expect(await sourceOf(input('styleImage', styleImage))).toBeUndefined();
  });
});

describe('the size of an input image', () => {
  it.each([
    ['erase', 64, 64], ['erase', 160, 64], ['erase', 64, 160],
    ['fast-upscale', 32, 32], ['fast-upscale', 1536, 682], ['creative-upscale', 64, 64], ['creative-upscale', 1024, 1024], ['creative-upscale', 1024, 64],
  ])('of %s can be %i x %i', async (operation, width, height) => {
    expect((await edit(operation, { image: inline(width, height) })).status).toBe(201);
    expect(world.models.calls).toHaveLength(1);
  });

  it.each([
    ['erase', 63, 64, 'sides of at least 64 pixels'], ['erase', 64, 63, 'sides of at least 64 pixels'],
    ['erase', 161, 64, 'an aspect ratio from 1:2.5 to 2.5:1'], ['erase', 64, 161, 'an aspect ratio from 1:2.5 to 2.5:1'],
    ['fast-upscale', 31, 64, 'sides of at least 32 pixels'], ['fast-upscale', 1537, 600, 'sides of at most 1536 pixels'],
    ['fast-upscale', 1025, 1024, 'at most 1048576 pixels'], ['creative-upscale', 1025, 1024, 'at most 1048576 pixels'],
  ])('of %s returns 400 for %i x %i: %s', async (operation, width, height, requirement) => {
    const { status, json } = await edit(operation, { image: inline(width, height) });
    expect(status).toBe(400);
    expect(json.errors).toEqual([{ pointer: '/image', detail: `must have ${requirement}, got ${width}x${height} for ${IDS[operation]}` }]);
    expect(world.models.calls).toEqual([]);
  });

  it('is checked for each field', async () => {
    const { json } = await edit('style-transfer', { image: inline(63, 64), styleImage: inline(64, 161) });
    expect(json.errors.map(({ pointer }) => pointer)).toEqual(['/image', '/styleImage']);
  });

  it('is checked for uploads', async () => {
    const { status, json } = await edit('erase', { image: await upload(imageFile(63, 64)) });
    expect(status).toBe(400);
    expect(json.errors[0].detail).toContain('got 63x64');
  });
});

describe('the limits of an input image', () => {
  const PARAMETER = { type: 'image', formats: ['png'], minSide: 64 } as const;
  const errorOf = (limits: object, width = 100, height = 80) => imageFileError(imageFile(width, height), { ...PARAMETER, ...limits });

  it.each<[object, string]>([
    [{ formats: ['jpeg', 'webp'] }, 'must be one of jpeg, webp, got image/png'], [{ minSide: 81 }, 'must have sides of at least 81 pixels, got 100x80'],
    [{ maxSide: 99 }, 'must have sides of at most 99 pixels, got 100x80'], [{ minPixels: 8_001 }, 'must have at least 8001 pixels, got 100x80'],
    [{ maxPixels: 7_999 }, 'must have at most 7999 pixels, got 100x80'], [{ maxRatio: 1.24 }, 'must have an aspect ratio from 1:1.24 to 1.24:1, got 100x80'],
  ])('include %j', (limits, error) => {
    expect(errorOf(limits)).toBe(error);
  });

  it.each<[object]>([
    [{}], [{ minSide: 80 }], [{ maxSide: 100 }], [{ minPixels: 8_000 }], [{ maxPixels: 8_000 }], [{ maxRatio: 1.25 }],
  ])('can be reached exactly: %j', (limits) => {
    expect(errorOf(limits)).toBeUndefined();
  });

  it('are only those of a file that can be read if those of the model are not known', () => {
    expect(imageFileError(imageFile(1, 1), undefined)).toBeUndefined();
    expect(imageFileError(Buffer.from('text'), undefined)).toBe('must be a complete PNG, JPEG or WebP file');
  });
});

describe('an input image in an unsupported format', () => {
  const [png, jpeg, webp] = [imageFile(96, 64), imageFile(96, 64, 'jpeg'), imageFile(96, 64, 'webp')];

  it.each([
    ['text', Buffer.from('a lighthouse')],
    ['a GIF', Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96"/>')],
    ['a truncated PNG', png.subarray(0, -20)],
    ['a truncated JPEG', jpeg.subarray(0, -20)],
    ['a truncated WebP', webp.subarray(0, -20)],
    ['the header of a PNG', png.subarray(0, 10)],
  ])('returns 400 inline and as an upload: %s', async (_what, file) => {
    for (const mask of [file.toString('base64'), await upload(file)]) {
      const { status, json } = await edit('inpaint', { image: inline(96, 64), mask, prompt: 'x' });
      expect(status).toBe(400);
      expect(json.errors).toEqual([{ pointer: '/mask', detail: `must be a complete PNG, JPEG or WebP file for ${IDS.inpaint}` }]);
    }
    expect(world.models.calls).toEqual([]);
  });
});

describe('the total size of input images', () => {
  it('returns 413 if it exceeds the limit of a model call', async () => {
    const { status, json } = await edit('erase', { image: await upload(paddedImage(18_675_001)) });
    expect(status).toBe(413);
    expect(json).toMatchObject({ code: 'PAYLOAD_TOO_LARGE', detail: 'the images of a model call can have at most 18675000 bytes in total, got 18675001' });
    expect(world.models.calls).toEqual([]);
  });

  it('can be the limit of a model call', async () => {
    expect((await edit('erase', { image: await upload(paddedImage(18_675_000)) })).status).toBe(201);
  });

  it('is the sum of all images', async () => {
    const body = { image: await upload(paddedImage(10_000_000)), styleImage: await upload(paddedImage(10_000_000)) };
    expect((await edit('style-transfer', body)).status).toBe(413);
    expect(world.models.calls).toEqual([]);
  });

  it('includes a transparent mask after its conversion', async () => {
    const body = { image: await upload(paddedImage(10_000_000)), mask: await upload(paddedImage(10_000_000)), prompt: 'x' };
    expect((await edit('inpaint', body)).status).toBe(201);
    expect(world.models.calls[0].mask?.byteLength).toBeLessThan(1000);
  });
});

describe('a mask', () => {
  type Size = readonly [width: number, height: number];
  const send = (image: Size, mask: Size) => edit('inpaint', { prompt: 'x', image: inline(...image), mask: inline(...mask) });

  it.each([
    [[96, 64], [96, 64]], [[96, 64], [192, 128]], [[1000, 667], [500, 333]],
    [[500, 333], [1000, 667]], [[667, 1000], [334, 500]], [[101, 97], [102, 98]],
    // a side differs by one pixel from that of the larger size, scaled: by its width and by its height, as image and as mask
    [[192, 128], [96, 65]], [[96, 65], [192, 128]], [[128, 192], [65, 96]], [[65, 96], [128, 192]], [[192, 128], [192, 129]],
  ] as const)(
    'can have another size than the image, but not another shape: %j and %j', async (image, mask) => {
      expect((await send(image, mask)).status).toBe(201);
    },
  );

  it.each([
    [[96, 64], [64, 96]], [[96, 64], [64, 64]], [[1000, 667], [1000, 660]], [[96, 64], [96, 67]], [[192, 128], [192, 130]], [[192, 128], [96, 66]],
  ] as const)(
    'returns 400 with both sizes when its shape is not that of the image: %j and %j', async (image, mask) => {
      const { status, json } = await send(image, mask);
      expect({ status, errors: json.errors }).toEqual({
        status: 400, errors: [{ pointer: '/mask', detail: expect.stringContaining(`got ${mask.join('x')} for an image of ${image.join('x')}; `) }],
      });
      expect(world.models.calls).toHaveLength(0);
    },
  );
});
