import { nearestAspectRatio } from '../../../src/handlers/requests/image-size';
import { imageFile } from '../../fixtures/images';
import { SIZE_CASES, type SizeCases } from '../../fixtures/size-cases';
import { QueuedWorld } from '../../helpers/queued-world';
import { CONFIGURATION, World } from '../../helpers/world';

const models = [
  { id: 'stability.stable-image-core-v1:1', region: 'us-west-2' },
  { id: 'stability.sd3-5-large-v1:0', region: 'us-west-2' },
  { id: 'stability.stable-image-ultra-v1:1', region: 'us-west-2' },
  { id: 'amazon.nova-canvas-v1:0', region: 'us-east-1' },
  { id: 'amazon.titan-image-generator-v2:0', region: 'us-east-1' },
  { id: 'stability.stable-diffusion-xl-v1', region: 'us-east-1' },
  { id: 'amazon.nova-2-omni-v1:0', region: 'us-east-1' },
  { id: 'endpoint', region: 'us-east-1', family: 'sagemaker-stable-diffusion', service: 'sagemaker' as const },
];
let world: World;
beforeEach(() => { world = new World({ ...CONFIGURATION, models }); });

const post = (model: string, fields: object) => world.call('POST /images', { body: { prompt: 'x', model, ...fields } });

function sizeCases<Case extends readonly unknown[]>(select: (cases: SizeCases) => readonly Case[]) {
  return Object.entries(SIZE_CASES).flatMap(([model, cases]) => select(cases).map((each): [string, ...Case] => [model, ...each]));
}

describe('width and height', () => {
  it.each(sizeCases(({ valid }) => valid))('are passed to %s unchanged: %i x %i', async (model, width, height) => {
    expect((await post(model, { width, height })).status).toBe(201);
    expect(world.models.calls).toEqual([expect.objectContaining({ width, height })]);
    expect(world.models.calls[0]).not.toHaveProperty('aspectRatio');
  });

  it.each([
    ['nova-canvas', 1024, 1024], ['titan-image-generator-v2', 1024, 1024], ['stable-diffusion-xl', 1024, 1024], ['endpoint', 512, 512],
  ])('have the default of %s: %i x %i', async (model, width, height) => {
    await post(model, {});
    expect(world.models.calls).toEqual([expect.objectContaining({ width, height })]);
  });

  it.each(sizeCases(({ invalid }) => invalid))('return 400 when %s does not support %i x %i', async (model, width, height, message) => {
    const { status, json } = await post(model, { width, height });
    expect(status).toBe(400);
    expect(json.errors.map(({ pointer }) => pointer)).toEqual(['/width', '/height']);
    const id = models.find((each) => each.id.includes(model))?.id;
    for (const { detail } of json.errors) for (const part of [message, id, `got ${width}x${height}`]) expect(detail).toContain(part);
    expect(world.models.calls).toHaveLength(0);
  });

  it.each([
    ['nova-canvas', 'must be a number of pixels from 320 to 4096 and a multiple of 16 for amazon.nova-canvas-v1:0, got "512"'],
    ['titan-image-generator-v2', 'must be a side of one of the sizes '],
  ])('return 400 with the sizes of %s when they have another type', async (model, detail) => {
    for (const [field, other] of [['width', 'height'], ['height', 'width']]) {
      const { status, json } = await post(model, { [field]: '512', [other]: 512 });
      expect(status).toBe(400);
      expect(json.errors).toEqual([{ pointer: `/${field}`, detail: expect.stringContaining(detail) }]);
    }
  });

  it('cannot be combined with an aspect ratio, also if they are converted to one', async () => {
    const { status, json } = await post('stable-image-core', { width: 1024, height: 1024, aspectRatio: '1:1' });
    const detail = 'cannot be combined with aspectRatio';
    expect(status).toBe(400);
    expect(json.errors).toEqual([{ pointer: '/width', detail }, { pointer: '/height', detail }]);
  });

  it('are not passed to a model that supports neither sizes nor aspect ratios', async () => {
    expect((await post('nova-2-omni', {})).status).toBe(201);
    for (const field of ['width', 'height', 'aspectRatio']) expect(world.models.calls[0]).not.toHaveProperty(field);
  });

  it.each([['nova-2-omni', 'is not supported by amazon.nova-2-omni-v1:0']])('return 400 for %s, which does not support sizes', async (model, detail) => {
    const { status, json } = await post(model, { width: 512, height: 512 });
    expect(status).toBe(400);
    expect(json.errors).toEqual([{ pointer: '/width', detail }, { pointer: '/height', detail }]);
  });

  it('cannot be replaced by an aspect ratio if the model supports only pixels', async () => {
    const { status, json } = await post('nova-canvas', { aspectRatio: '16:9' });
    expect(status).toBe(400);
    expect(json.errors).toEqual([{ pointer: '/aspectRatio', detail: 'is not supported by amazon.nova-canvas-v1:0' }]);
  });

  it.each(['512', 512.5, null, {}])('return 400 when the width is %j', async (width) => {
    for (const model of ['stable-image-core', 'nova-canvas']) {
      const { status, json } = await post(model, { width, height: 512 });
      expect(status).toBe(400);
      expect(json.errors[0]?.pointer).toBe('/width');
    }
  });

  it.each([[1000, 999, '1:1'], [4096, 1024, '21:9'], [64, 4096, '9:21'], [900, 720, '5:4'], [720, 900, '4:5'], [1500, 1000, '3:2']])(
    'are converted to the nearest aspect ratio if the model supports only ratios: %i x %i', async (width, height, aspectRatio) => {
      await post('stable-image-core', { width, height });
      expect(world.models.calls).toEqual([expect.objectContaining({ aspectRatio })]);
      for (const pixels of ['width', 'height']) expect(world.models.calls[0]).not.toHaveProperty(pixels);
    });
});

describe('nearestAspectRatio', () => {
  it('returns the first of two ratios with the same distance', () => {
    expect(nearestAspectRatio(1, 1, ['1:2', '2:1'])).toBe('1:2');
    expect(nearestAspectRatio(1, 1, ['2:1', '1:2'])).toBe('2:1');
  });
});

describe('the warning SIZE_ADJUSTED', () => {
  const generated = (width: number, height: number) => {
    world.models.respond = ({ seed }) => ({ bytes: Buffer.from('x'), seed, contentType: 'image/png', width, height });
  };

  it('is returned if the model supports only aspect ratios, and the image does not have the requested size', async () => {
    generated(1088, 896);
    const { status, json } = await post('stable-image-core', { width: 1024, height: 768 });
    expect({ status, json }).toMatchObject({ status: 201, json: { warning: 'SIZE_ADJUSTED', images: [{ width: 1088, height: 896 }] } });
  });

  it.each<[string, object, string]>([
    ['stable-image-core', { width: 1024, height: 1024 }, 'the image has the requested size'],
    ['stable-image-core', { aspectRatio: '4:5' }, 'the request has an aspect ratio'],
    ['stable-image-core', {}, 'the request has no size'],
    ['nova-canvas', { width: 1024, height: 768 }, 'the model supports sizes'],
  ])('is not returned by %s for %j: %s', async (model, fields) => {
    generated(1024, 1024);
    const { status, json } = await post(model, fields);
    expect(status).toBe(201);
    expect(json).not.toHaveProperty('warning');
  });

  it('is returned to a repeated request as well', async () => {
    generated(1088, 896);
    const call = () => world.call('POST /images', { body: { prompt: 'x', width: 1024, height: 768 }, headers: { 'Idempotency-Key': 'k' } });
    expect([(await call()).json.warning, (await call()).json.warning]).toEqual(['SIZE_ADJUSTED', 'SIZE_ADJUSTED']);
    expect(world.models.calls).toHaveLength(1);
  });

  it('does not replace another warning', async () => {
    generated(1088, 896);
    jest.spyOn(world.records, 'put').mockRejectedValue(new Error('DynamoDB is not available'));
    expect((await post('stable-image-core', { width: 1024, height: 768 })).json.warning).toBe('RECORD_FAILED');
  });

  it.each([[1024, 768, 'SIZE_ADJUSTED'], [512, 512, undefined], [1600, 900, undefined]])(
    'is returned for a job if its aspect ratio differs: %i x %i', async (width, height, warning) => {
      const { status, json } = await new QueuedWorld().enqueue({ prompt: 'x', width, height });
      expect({ status, warning: json.warning }).toEqual({ status: 202, warning });
    });
});

describe('the input image of POST /images', () => {
  const image = imageFile(64, 64).toString('base64');

  it('excludes the aspect ratio only in a request with the image', async () => {
    expect((await post('sd3-5-large', { aspectRatio: '16:9' })).status).toBe(201);
    expect(world.models.calls).toEqual([expect.objectContaining({ aspectRatio: '16:9' })]);
  });

  it.each([
    ['sd3-5-large', { image }, '/strength', 'is required together with image'],
    ['sd3-5-large', { strength: 0.5 }, '/image', 'is required together with strength'],
    ['stable-image-ultra', { strength: 0.5 }, '/image', 'is required together with strength'],
    ['sd3-5-large', { image, strength: 0.5, aspectRatio: '1:1' }, '/aspectRatio', 'cannot be combined with image'],
    ['sd3-5-large', { image, strength: 0.5, width: 64, height: 64 }, '/width', 'cannot be combined with image'],
    ['stable-image-core', { image }, '/image', 'is not supported by stability.stable-image-core-v1:1'],
    ['sd3-5-large', { image: imageFile(63, 64).toString('base64'), strength: 1 }, '/image', 'at least 64 pixels, got 63x64 for stability.sd3-5-large-v1:0'],
    ['sd3-5-large', { image: 7, strength: 1 }, '/image', 'must be the id of one of your images or uploads'],
    ['sd3-5-large', { image: '', strength: 1 }, '/image', 'must be the id of one of your images or uploads'],
  ])('returns 400 for %s with %j', async (model, fields, pointer, detail) => {
    const { status, json } = await post(model, fields);
    expect(status).toBe(400);
    expect(json.errors[0]).toEqual({ pointer, detail: expect.stringContaining(detail) });
    expect(world.models.calls).toHaveLength(0);
  });

  it.each([['sd3-5-large', 'image-to-image'], ['stable-image-ultra', undefined]])('is passed to %s with strength and mode %s', async (model, mode) => {
    expect((await post(model, { image, strength: 0 })).status).toBe(201);
    expect(world.models.calls).toEqual([expect.objectContaining({ image: imageFile(64, 64), strength: 0 })]);
    expect(world.models.calls[0]).toHaveProperty('aspectRatio', undefined);
    if (mode) expect(world.models.calls[0]).toHaveProperty('mode', mode);
  });

  it('can be a stored image', async () => {
    world.models.respond = ({ seed }) => ({ bytes: imageFile(128, 64, 'jpeg'), seed, contentType: 'image/jpeg', width: 128, height: 64 });
    const { json: { id } } = await post('sd3-5-large', { outputFormat: 'jpeg' });
    expect((await post('sd3-5-large', { image: id, strength: 0.3 })).status).toBe(201);
    expect(world.models.calls[1].image).toEqual(imageFile(128, 64, 'jpeg'));
  });
});
