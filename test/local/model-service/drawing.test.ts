import { createCanvas, loadImage } from '@napi-rs/canvas';
import { imageSize } from 'image-size';
import { renderImage, type RenderRequest } from '../../../local/model-service/drawing/render-image';
import { type ModelService, startModelService } from '../../../local/model-service/server';
import { CORE, http1Client, imageOf, invoke, SD35, ULTRA } from '../../helpers/model-service';

let service: ModelService;
beforeAll(async () => { service = await startModelService(); });
afterAll(async () => service.close());

const render = async (request: Partial<RenderRequest>) => renderImage({ prompt: 'a red boat', modelId: CORE, seed: 7, format: 'png', ...request });

async function pixels(image: Buffer): Promise<{ data: Uint8ClampedArray; count: number }> {
  const loaded = await loadImage(image);
  const ctx = createCanvas(loaded.width, loaded.height).getContext('2d');
  ctx.drawImage(loaded, 0, 0);
  return { data: ctx.getImageData(0, 0, loaded.width, loaded.height).data, count: loaded.width * loaded.height };
}

// looked up once, because globals are slow in Jest
const { abs, max } = Math;

type Pixels = Awaited<ReturnType<typeof pixels>>;

/** Returns the share of pixels with a visible difference. */
function difference(one: Pixels, other: Pixels): number {
  const [a, b] = [one.data, other.data];
  let different = 0;
  for (let at = 0; at < a.length; at += 4) {
    const most = max(abs(a[at] - b[at]), abs(a[at + 1] - b[at + 1]), abs(a[at + 2] - b[at + 2]));
    if (most > 8) different++;
  }
  return different / one.count;
}

describe('image size and format', () => {
  const SIZES: readonly (readonly [string, number, number])[] = [
    ['1:1', 1024, 1024], ['16:9', 1344, 768], ['21:9', 1536, 640], ['2:3', 832, 1216], ['3:2', 1216, 832],
    ['4:5', 896, 1088], ['5:4', 1088, 896], ['9:16', 768, 1344], ['9:21', 640, 1536],
  ];

  it.each(SIZES)('of aspect ratio %s is %i x %i', async (aspect_ratio, width, height) => {
    const response = await invoke(http1Client(service), CORE, { prompt: 'a red boat', aspect_ratio, output_format: 'jpeg' });

    expect(imageSize(imageOf(response))).toMatchObject({ width, height });
  });

  it.each([[CORE, 'png', 'png'], [ULTRA, 'jpeg', 'jpg'], [SD35, 'webp', 'webp'], [SD35, undefined, 'png']])(
    'of %s with output_format %s is correct', async (id, output_format, type) => {
      const response = await invoke(http1Client(service), id, { prompt: 'a red boat', output_format });

      expect(imageSize(imageOf(response)).type).toBe(type);
      expect((await pixels(imageOf(response))).count).toBe(1024 * 1024);
    },
  );
});

describe('equal requests', () => {
  it.each(['png', 'jpeg', 'webp'])('return equal bytes as %s', async (output_format) => {
    const body = { prompt: 'a lighthouse in a storm', seed: 7, output_format, negative_prompt: 'people' };
    const [first, second] = [await invoke(http1Client(service), SD35, body), await invoke(http1Client(service), SD35, body)];

    expect(imageOf(first).equals(imageOf(second))).toBe(true);
  });

  it.each([{ seed: 0 }, {}])('with a random seed %j return different images and their seeds', async (seed) => {
    const body = { prompt: 'a red boat', output_format: 'jpeg' };
    const random = await invoke(http1Client(service), CORE, { ...body, ...seed });
    const other = await invoke(http1Client(service), CORE, { ...body, ...seed });
    const again = await invoke(http1Client(service), CORE, { ...body, seed: random.seeds[0] });

    expect(random.seeds[0]).toBeGreaterThan(0);
    expect(other.seeds).not.toEqual(random.seeds);
    expect(again).toEqual(random);
  });
});

describe('different requests differ in more than 30 % of the pixels', () => {
  const PROMPTS = ['a lighthouse in a storm', 'a lighthouse in a storn', 'A lighthouse in a storm', 'a fox', 'a fix', 'owl', 'owl '];
  const pairs = PROMPTS.flatMap((one, index) => PROMPTS.slice(index + 1).map((other) => [one, other] as const));
  const rendered = new Map<string, Pixels>();
  beforeAll(async () => {
    for (const prompt of PROMPTS) rendered.set(prompt, await pixels(await render({ prompt })));
  });

  it.each(pairs)('prompts "%s" and "%s"', (one, other) => {
    expect(difference(rendered.get(one) as Pixels, rendered.get(other) as Pixels)).toBeGreaterThan(0.3);
  });

  it.each<[string, Partial<RenderRequest>]>([
    ['seed', { seed: 8 }],
    ['negative prompt', { negativePrompt: 'people' }],
    ['model', { modelId: ULTRA }],
  ])('%s', async (_, change) => {
    expect(difference(await pixels(await render({})), await pixels(await render(change)))).toBeGreaterThan(0.3);
  });
});

describe('text overlay', () => {
  it.each([
    ['emoji', '🦊🧑‍🚀👩🏽‍💻 🇩🇪'], ['right to left', 'سفينة حمراء في البحر'], ['mixed directions', 'boat סירה boat'], ['Chinese', '红色的小船'.repeat(60)],
    ['half a character', 'boat \ud800 \udc00'], ['control characters', 'a\u0000b\u001b[31m\r\n\tc'], ['combining marks', `Z${'\u0301'.repeat(2000)}`],
    ['one very long word', 'w'.repeat(10_000)], ['very many words', 'boat '.repeat(2000)], ['a space', ' '],
  ])('renders %s', async (_, prompt) => {
    const started = performance.now();
    const image = await render({ prompt, aspectRatio: '9:21', format: 'jpeg' });

    expect(imageSize(image)).toMatchObject({ width: 640, height: 1536 });
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it('is white on a dark background at the bottom of the image', async () => {
    const { data } = await pixels(await render({ prompt: 'a red boat' }));
    const below = data.subarray(data.length * 0.7);
    const share = (is: (sum: number) => boolean) => {
      let count = 0;
      for (let at = 0; at < below.length; at += 4) if (is(below[at] + below[at + 1] + below[at + 2])) count++;
      return count / (below.length / 4);
    };

    expect(share((sum) => sum === 3 * 255)).toBeGreaterThan(0.01);
    expect(share((sum) => sum < 330)).toBeGreaterThan(0.6);
  });
});

describe('input image', () => {
  const source = () => {
    const canvas = createCanvas(600, 400);
    const ctx = canvas.getContext('2d');
    ctx.fillStyle = '#00ff00';
    ctx.fillRect(0, 0, 600, 400);
    return canvas.toBuffer('image/png');
  };

  it.each([[0, true], [1, false]])('at strength %i remains visible: %s', async (strength, isVisible) => {
    const response = await invoke(http1Client(service), SD35, {
      prompt: 'a red boat', mode: 'image-to-image', image: source().toString('base64'), strength,
    });
    const { data } = await pixels(imageOf(response));

    expect(imageSize(imageOf(response))).toMatchObject({ width: 1216, height: 832 });
    expect([data[0], data[1], data[2]].join() === '0,255,0').toBe(isVisible);
  });
});
