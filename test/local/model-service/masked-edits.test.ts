import { imageSize } from 'image-size';
import { ModelService, startModelService } from '../../../local/model-service/server';
import { imageFile, Painter, pixelsOf } from '../../helpers/model-service';
import { base64, changed, drawSource, edit as editWith, filled, grownBy, HEIGHT, masking, not, Place, WIDTH } from '../../helpers/model-service-edits';

let service: ModelService;
let source: Buffer;
let image: string;
beforeAll(async () => {
  service = await startModelService();
  source = await drawSource(service);
  image = source.toString('base64');
});
afterAll(async () => service.close());

const edit = async (operation: string, body: object) => editWith(service, operation, body);

describe.each([
  ['image-inpaint', { prompt: 'a red fox' }],
  ['image-erase-object', {}],
])('%s', (operation, others) => {
  const mask = base64(WIDTH, HEIGHT, masking);

  it.each([[0], [5], [20]])('changes what is white in the mask, grown by %i pixels, and no other pixel', async (grow_mask) => {
    const before = await pixelsOf(source);
    const after = await pixelsOf(await edit(operation, { ...others, image, mask, grow_mask, seed: 7 }));

    expect([after.width, after.height]).toEqual([WIDTH, HEIGHT]);
    expect(changed(before, after, not(grownBy(grow_mask)))).toBe(0);
    expect(changed(before, after, grownBy(0))).toBeGreaterThan(0.9);
    expect(changed(before, after, (x, y) => grownBy(grow_mask)(x, y) && !grownBy(grow_mask - 1)(x, y))).toBeGreaterThan(grow_mask === 0 ? -1 : 0.5);
  });

  it('grows the mask by 5 pixels unless told otherwise', async () => {
    const body = { ...others, image, mask, seed: 7 };

    expect((await edit(operation, body)).equals(await edit(operation, { ...body, grow_mask: 5 }))).toBe(true);
  });

  it('stretches a mask of another size, and forgives the noise of JPEG', async () => {
    const small = base64(WIDTH / 2, HEIGHT / 2, (ctx) => {
      ctx.scale(0.5, 0.5);
      masking(ctx);
    }, 'jpeg');

    const after = await pixelsOf(await edit(operation, { ...others, image, mask: small, grow_mask: 0, seed: 7 }));

    expect(changed(await pixelsOf(source), after, not(grownBy(16)))).toBe(0);
    expect(changed(await pixelsOf(source), after, grownBy(-16))).toBeGreaterThan(0.9);
  });

  it('without a mask changes what is transparent in the image', async () => {
    const holed = base64(400, 300, (ctx) => {
      filled('#3366cc')(ctx);
      ctx.clearRect(100, 100, 200, 100);
    });

    const { data } = await pixelsOf(await edit(operation, { ...others, image: holed, grow_mask: 0, seed: 7 }));
    const at = (x: number, y: number) => [...data.subarray((y * 400 + x) * 4, (y * 400 + x) * 4 + 4)];

    expect(at(50, 50)).toEqual([0x33, 0x66, 0xcc, 255]);
    expect(at(200, 110)[3]).toBe(255);
    expect(at(110, 190)).not.toEqual([255, 255, 255, 255]);
  });

  it('with neither mask nor transparency changes nothing', async () => {
    expect(changed(await pixelsOf(source), await pixelsOf(await edit(operation, { ...others, image, seed: 7 })))).toBe(0);
  });
});

it('inpainting draws the prompt, erasing closes the hole with what surrounds it', async () => {
  const plain = base64(600, 600, filled('#3366cc'));
  const mask = base64(600, 600, masking);
  const colourOf = async (operation: string, others: object) => {
    const { data } = await pixelsOf(await edit(operation, { ...others, image: plain, mask, seed: 7 }));
    return data.subarray((200 * 600 + 300) * 4, (200 * 600 + 300) * 4 + 3);
  };
  const distance = (colour: Uint8ClampedArray) => Math.hypot(colour[0] - 0x33, colour[1] - 0x66, colour[2] - 0xcc);

  expect(distance(await colourOf('image-erase-object', {}))).toBeLessThan(60);
  expect(distance(await colourOf('image-inpaint', { prompt: 'a red fox' }))).toBeGreaterThan(60);
});

describe('outpaint', () => {
  const small = { width: 300, height: 200 };
  const start = base64(small.width, small.height, filled('#3366cc'));

  it.each([
    [{ left: 40, right: 60, up: 30, down: 70 }, 400, 300],
    [{ left: 1 }, 301, 200], [{ right: 2000 }, 2300, 200], [{ up: 500 }, 300, 700], [{ down: 9 }, 300, 209],
  ])('%j grows the canvas and keeps the image at its place', async (growth, width, height) => {
    const after = await pixelsOf(await edit('outpaint', { image: start, seed: 7, ...growth }));
    const { left, up } = { left: 0, up: 0, ...growth };
    const isInside: Place = (x, y) => x >= left && x < left + small.width && y >= up && y < up + small.height;
    const plain = await pixelsOf(imageFile(width, height, filled('#3366cc')));

    expect([after.width, after.height]).toEqual([width, height]);
    expect(changed(plain, after, isInside)).toBe(0);
    expect(changed(plain, after, not(isInside))).toBeGreaterThan(0.9);
  });
});

describe('search and change', () => {
  it.each([
    ['image-search-replace', 'search_prompt'],
    ['image-search-recolor', 'select_prompt'],
  ])('%s changes one region, which follows from what is looked for', async (operation, parameter) => {
    const before = await pixelsOf(source);
    const change = async (what: string) => pixelsOf(await edit(operation, { image, prompt: 'a red fox', [parameter]: what, seed: 7 }));
    const [sun, sea] = [await change('the sun'), await change('the sea')];

    expect(changed(before, sun)).toBeGreaterThan(0.08);
    expect(changed(before, sun)).toBeLessThan(0.4);
    expect(changed(sun, sea)).toBeGreaterThan(0.01);
    // Near the border nothing is ever found
    expect(changed(before, sun, (x, y) => x < 60 || y < 40 || x >= WIDTH - 60 || y >= HEIGHT - 40)).toBe(0);
  });
});

describe('remove-background', () => {
  const subject: Painter = (ctx) => {
    const ground = ctx.createLinearGradient(0, 0, 600, 400);
    ground.addColorStop(0, '#ccddee');
    ground.addColorStop(1, '#ffeedd');
    ctx.fillStyle = ground;
    ctx.fillRect(0, 0, 600, 400);
    ctx.fillStyle = '#cc3333';
    ctx.fillRect(200, 100, 200, 200);
  };
  const CORNER = 3;
  const MIDDLE = (200 * 600 + 300) * 4;
  const alphas = async (file: Buffer) => {
    const { data } = await pixelsOf(file);
    return [data[CORNER], data[MIDDLE + 3]];
  };

  it.each(['png', 'webp'])('makes it transparent in a %s and keeps the subject', async (output_format) => {
    const file = await edit('image-remove-background', { image: base64(600, 400, subject), output_format });

    expect(imageSize(file)).toMatchObject({ width: 600, height: 400, type: output_format });
    expect(await alphas(file)).toEqual([0, 255]);
  });

  it('makes it white in a jpeg', async () => {
    const file = await edit('image-remove-background', { image: base64(600, 400, subject), output_format: 'jpeg' });
    const { data } = await pixelsOf(file);

    expect(imageSize(file).type).toBe('jpg');
    expect([...data.subarray(0, 3)]).toEqual([255, 255, 255]);
    expect(data[MIDDLE]).toBeGreaterThan(180);
    expect(data[MIDDLE + 1]).toBeLessThan(80);
  });

  it('keeps the middle of an image that is all background', async () => {
    expect(await alphas(await edit('image-remove-background', { image: base64(600, 400, filled('#3366cc')) }))).toEqual([0, 255]);
  });
});
