import { imageSize } from 'image-size';
import { type ModelService, startModelService } from '../../../local/model-service/server';
import { imageFile, type Painter, pixelsOf } from '../../helpers/model-service';
import { base64, changedShare, sourceImage, edit as editWith, fillWith, maskedArea, HEIGHT, paintMask, outside, type PixelArea, WIDTH } from '../../helpers/model-service-edits';

let service: ModelService;
let source: Buffer;
let image: string;
beforeAll(async () => {
  service = await startModelService();
  source = await sourceImage(service);
  image = source.toString('base64');
});
afterAll(async () => service.close());

const edit = async (operation: string, body: object) => editWith(service, operation, body);

describe.each([
  ['image-inpaint', { prompt: 'a red fox' }],
  ['image-erase-object', {}],
])('%s', (operation, others) => {
  const mask = base64(WIDTH, HEIGHT, paintMask);

  it.each([[0], [5], [20]])('changes only the white area of the mask, grown by %i pixels', async (grow_mask) => {
    const before = await pixelsOf(source);
    const after = await pixelsOf(await edit(operation, { ...others, image, mask, grow_mask, seed: 7 }));

    expect([after.width, after.height]).toEqual([WIDTH, HEIGHT]);
    expect(changedShare(before, after, outside(maskedArea(grow_mask)))).toBe(0);
    expect(changedShare(before, after, maskedArea(0))).toBeGreaterThan(0.9);
    const edge: PixelArea = (x, y) => maskedArea(grow_mask)(x, y) && !maskedArea(grow_mask - 1)(x, y);
    expect(changedShare(before, after, edge)).toBeGreaterThan(grow_mask === 0 ? -1 : 0.5);
  });

  it('grows the mask by 5 pixels by default', async () => {
    const body = { ...others, image, mask, seed: 7 };

    expect((await edit(operation, body)).equals(await edit(operation, { ...body, grow_mask: 5 }))).toBe(true);
  });

  it('scales a mask of another size and ignores JPEG noise', async () => {
    const small = base64(WIDTH / 2, HEIGHT / 2, (ctx) => {
      ctx.scale(0.5, 0.5);
      paintMask(ctx);
    }, 'jpeg');

    const after = await pixelsOf(await edit(operation, { ...others, image, mask: small, grow_mask: 0, seed: 7 }));

    expect(changedShare(await pixelsOf(source), after, outside(maskedArea(16)))).toBe(0);
    expect(changedShare(await pixelsOf(source), after, maskedArea(-16))).toBeGreaterThan(0.9);
  });

  it('changes the transparent pixels of the image without a mask', async () => {
    const transparent = base64(400, 300, (ctx) => {
      fillWith('#3366cc')(ctx);
      ctx.clearRect(100, 100, 200, 100);
    });

    const { data } = await pixelsOf(await edit(operation, { ...others, image: transparent, grow_mask: 0, seed: 7 }));
    const at = (x: number, y: number) => [...data.subarray((y * 400 + x) * 4, (y * 400 + x) * 4 + 4)];

    expect(at(50, 50)).toEqual([0x33, 0x66, 0xcc, 255]);
    expect(at(200, 110)[3]).toBe(255);
    expect(at(110, 190)).not.toEqual([255, 255, 255, 255]);
  });

  it('changes nothing without a mask and without transparent pixels', async () => {
    expect(changedShare(await pixelsOf(source), await pixelsOf(await edit(operation, { ...others, image, seed: 7 })))).toBe(0);
  });
});

it('image-inpaint renders the prompt, image-erase-object fills the area with the surrounding colors', async () => {
  const plain = base64(600, 600, fillWith('#3366cc'));
  const mask = base64(600, 600, paintMask);
  const colorOf = async (operation: string, others: object) => {
    const { data } = await pixelsOf(await edit(operation, { ...others, image: plain, mask, seed: 7 }));
    return data.subarray((200 * 600 + 300) * 4, (200 * 600 + 300) * 4 + 3);
  };
  const distance = (color: Uint8ClampedArray) => Math.hypot(color[0] - 0x33, color[1] - 0x66, color[2] - 0xcc);

  expect(distance(await colorOf('image-erase-object', {}))).toBeLessThan(60);
  expect(distance(await colorOf('image-inpaint', { prompt: 'a red fox' }))).toBeGreaterThan(60);
});

describe('outpaint', () => {
  const small = { width: 300, height: 200 };
  const start = base64(small.width, small.height, fillWith('#3366cc'));

  it.each([
    [{ left: 40, right: 60, up: 30, down: 70 }, 400, 300],
    [{ left: 1 }, 301, 200], [{ right: 2000 }, 2300, 200], [{ up: 500 }, 300, 700], [{ down: 9 }, 300, 209],
  ])('extends the image by %j and keeps the original pixels', async (growth, width, height) => {
    const after = await pixelsOf(await edit('outpaint', { image: start, seed: 7, ...growth }));
    const { left, up } = { left: 0, up: 0, ...growth };
    const isInside: PixelArea = (x, y) => x >= left && x < left + small.width && y >= up && y < up + small.height;
    const plain = await pixelsOf(imageFile(width, height, fillWith('#3366cc')));

    expect([after.width, after.height]).toEqual([width, height]);
    expect(changedShare(plain, after, isInside)).toBe(0);
    expect(changedShare(plain, after, outside(isInside))).toBeGreaterThan(0.9);
  });
});

describe('search operation', () => {
  it.each([
    ['image-search-replace', 'search_prompt'],
    ['image-search-recolor', 'select_prompt'],
  ])('%s changes one region that depends on the search prompt', async (operation, parameter) => {
    const before = await pixelsOf(source);
    const change = async (object: string) => pixelsOf(await edit(operation, { image, prompt: 'a red fox', [parameter]: object, seed: 7 }));
    const [sun, sea] = [await change('the sun'), await change('the sea')];

    expect(changedShare(before, sun)).toBeGreaterThan(0.08);
    expect(changedShare(before, sun)).toBeLessThan(0.4);
    expect(changedShare(sun, sea)).toBeGreaterThan(0.01);
    // the Region is never near the border
    expect(changedShare(before, sun, (x, y) => x < 60 || y < 40 || x >= WIDTH - 60 || y >= HEIGHT - 40)).toBe(0);
  });
});

describe('remove-background', () => {
  const subject: Painter = (ctx) => {
    const background = ctx.createLinearGradient(0, 0, 600, 400);
    background.addColorStop(0, '#ccddee');
    background.addColorStop(1, '#ffeedd');
    ctx.fillStyle = background;
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

  it.each(['png', 'webp'])('makes the background transparent in a %s file and keeps the subject', async (output_format) => {
    const file = await edit('image-remove-background', { image: base64(600, 400, subject), output_format });

    expect(imageSize(file)).toMatchObject({ width: 600, height: 400, type: output_format });
    expect(await alphas(file)).toEqual([0, 255]);
  });

  it('makes the background white in a JPEG file', async () => {
    const file = await edit('image-remove-background', { image: base64(600, 400, subject), output_format: 'jpeg' });
    const { data } = await pixelsOf(file);

    expect(imageSize(file).type).toBe('jpg');
    expect([...data.subarray(0, 3)]).toEqual([255, 255, 255]);
    expect(data[MIDDLE]).toBeGreaterThan(180);
    expect(data[MIDDLE + 1]).toBeLessThan(80);
  });

  it('keeps the center of an image without a subject', async () => {
    expect(await alphas(await edit('image-remove-background', { image: base64(600, 400, fillWith('#3366cc')) }))).toEqual([0, 255]);
  });
});
