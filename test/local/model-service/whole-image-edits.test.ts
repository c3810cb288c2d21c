import { imageSize } from 'image-size';
import { type ModelService, startModelService } from '../../../local/model-service/server';
import { http1Client, invoke, pixelsOf } from '../../helpers/model-service';
import { base64, changedShare, sourceImage, edit as editWith, fillWith, HEIGHT, paintMask, WIDTH } from '../../helpers/model-service-edits';

// images of 16 megapixels are slow on a busy machine
jest.setTimeout(30_000);

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
// looked up once, because globals are slow in Jest
const { abs } = Math;

describe('upscale', () => {
  it.each([[64, 32, 256, 128], [300, 200, 1200, 800], [1024, 1024, 4096, 4096]])('fast-upscale enlarges %i x %i to %i x %i', async (w, h, width, height) => {
    expect(imageSize(await edit('fast-upscale', { image: base64(w, h), output_format: 'jpeg' }))).toMatchObject({ width, height });
  });

  it.each(['creative-upscale', 'conservative-upscale'])('%s returns about four megapixels in the same aspect ratio', async (operation) => {
    const { width, height } = imageSize(await edit(operation, { image: base64(300, 200, fillWith('#3366cc')), prompt: 'x', output_format: 'jpeg' }));

    expect(width * height / 4e6).toBeCloseTo(1, 2);
    expect(width / height).toBeCloseTo(1.5, 2);
  });

  it('conservative-upscale does not reduce a larger image', async () => {
    const file = await edit('conservative-upscale', { image: base64(2500, 2000, fillWith('#3366cc'), 'jpeg'), prompt: 'x', output_format: 'jpeg' });

    expect(imageSize(file)).toMatchObject({ width: 2500, height: 2000 });
  });

  it('creative-upscale changes more than conservative-upscale, and more with a higher creativity', async () => {
    const start = base64(600, 400, fillWith('#3366cc'));
    const plain = 0x33 + 0x66 + 0xcc;
    const distance = async (operation: string, creativity: number) => {
      const { data } = await pixelsOf(await edit(operation, { image: start, prompt: 'a red fox', seed: 7, creativity }));
      let sum = 0;
      // a sample of every sixteenth pixel is sufficient
      for (let at = 0; at < data.length; at += 64) sum += abs(data[at] + data[at + 1] + data[at + 2] - plain);
      return sum;
    };

    const creative = await distance('creative-upscale', 0.4);

    expect(creative).toBeGreaterThan(await distance('creative-upscale', 0.1));
    expect(creative).toBeGreaterThan(await distance('conservative-upscale', 0.4));
  });
});

describe('control and style image', () => {
  const dark = base64(640, 640, fillWith('#101010'));
  const light = base64(640, 640, fillWith('#f0f0f0'));
  const mean = async (file: Buffer) => {
    const { data } = await pixelsOf(file);
    let sum = 0;
    // the text in the lower half is the same in all images
    const end = data.length / 2;
    for (let at = 0; at < end; at += 4) sum += data[at] + data[at + 1] + data[at + 2];
    return sum / (end / 4) / 3;
  };

  it.each(['image-control-sketch', 'image-control-structure'])('%s uses control_strength as its weight', async (operation) => {
    const generate = async (start: string, control_strength: number) => edit(operation, { image: start, prompt: 'a red fox', seed: 7, control_strength });
    const [weak, strong] = [await generate(dark, 0), await generate(dark, 1)];

    expect(imageSize(strong)).toMatchObject({ width: 1024, height: 1024 });
    expect(weak.equals(await generate(light, 0))).toBe(true);
    expect(await mean(strong)).toBeLessThan(40);
    expect(await mean(weak)).toBeGreaterThan(await mean(strong) + 20);
  });

  it('style-guide uses the colors of the image and the requested aspect ratio', async () => {
    const green = base64(640, 640, fillWith('#00aa00'));
    const generate = async (fidelity: number) => edit('image-style-guide', { image: green, prompt: 'a red fox', seed: 7, aspect_ratio: '16:9', fidelity });
    const greenShare = async (file: Buffer) => {
      const { data } = await pixelsOf(file);
      let count = 0;
      for (let at = 0; at < data.length; at += 4) if (data[at + 1] > data[at] + 20 && data[at + 1] > data[at + 2] + 20) count++;
      return count / (data.length / 4);
    };

    expect(imageSize(await generate(1))).toMatchObject({ width: 1344, height: 768 });
    expect(await greenShare(await generate(1))).toBeGreaterThan(0.5);
    expect(await greenShare(await generate(1))).toBeGreaterThan(await greenShare(await generate(0)) + 0.2);
  });

  it('style-transfer keeps the first image and uses the colors of the second', async () => {
    const transfer = async (others: object) => edit('style-transfer', { init_image: image, style_image: light, seed: 7, ...others });
    const plain = await transfer({ style_strength: 0, composition_fidelity: 1 });
    const styled = await transfer({});

    expect(changedShare(await pixelsOf(source), await pixelsOf(plain))).toBe(0);
    expect(imageSize(styled)).toMatchObject({ width: WIDTH, height: HEIGHT });
    expect(await mean(styled)).toBeGreaterThan(await mean(source) + 30);
  });
});

describe('image service response', () => {
  const start = () => base64(320, 256, fillWith('#3366cc'));
  const BODIES: readonly (readonly [string, object])[] = [
    ['creative-upscale', { prompt: 'a fox' }], ['conservative-upscale', { prompt: 'a fox' }], ['fast-upscale', {}],
    ['image-inpaint', { prompt: 'a fox', mask: base64(320, 256) }], ['outpaint', { left: 64 }],
    ['image-search-recolor', { prompt: 'a fox', select_prompt: 'sun' }], ['image-search-replace', { prompt: 'a fox', search_prompt: 'sun' }],
    ['image-erase-object', { mask: base64(320, 256, paintMask) }], ['image-remove-background', {}], ['image-control-sketch', { prompt: 'a fox' }],
    ['image-control-structure', { prompt: 'a fox' }], ['image-style-guide', { prompt: 'a fox' }], ['style-transfer', {}],
  ];
  const seeded = BODIES.filter(([operation]) => !['fast-upscale', 'image-remove-background'].includes(operation));
  const styled = BODIES.filter(([operation]) => (
    ['creative-upscale', 'image-inpaint', 'outpaint', 'image-search-recolor', 'image-search-replace', 'image-control-sketch', 'image-control-structure',
      'image-style-guide'].includes(operation)
  ));
  const images = (operation: string) => (
    operation === 'style-transfer' ? { init_image: start(), style_image: image } : { image: start() }
  );

  it.each(BODIES.flatMap(([operation, body]) => ['png', 'jpeg', 'webp'].map((format) => ({ operation, body, format }))))(
    'of $operation has equal bytes as $format for an equal request', async ({ operation, body, format }) => {
      const seed = seeded.some(([name]) => name === operation) ? { seed: 7 } : {};
      const generate = async () => edit(operation, { ...images(operation), ...body, ...seed, output_format: format });
      const first = await generate();

      expect(imageSize(first).type).toBe(format === 'jpeg' ? 'jpg' : format);
      expect(first.equals(await generate())).toBe(true);
    },
  );

  it.each(seeded)('of %s differs with another seed and returns a random seed', async (operation, body) => {
    const call = async (seed?: number) => (
      invoke(http1Client(service), `us.stability.stable-${operation}-v1:0`, { ...images(operation), ...body, seed, output_format: 'jpeg' })
    );
    const [one, other, random] = [await call(1), await call(2), await call()];

    expect([one.seeds, other.seeds]).toEqual([[1], [2]]);
    expect(other.images).not.toEqual(one.images);
    expect(random.seeds[0]).toBeGreaterThan(0);
    expect((await call(random.seeds[0])).images).toEqual(random.images);
  });

  it.each(styled)('of %s differs with a style preset', async (operation, body) => {
    const generate = async (style_preset?: string) => edit(operation, { ...images(operation), ...body, seed: 7, style_preset });
    const [plain, pixelArt, neon] = [await generate(), await generate('pixel-art'), await generate('neon-punk')];

    expect([plain.equals(pixelArt), plain.equals(neon), pixelArt.equals(neon)]).toEqual([false, false, false]);
  });
});
