import { ValidationException, InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime';
import { imageSize } from 'image-size';
import { ModelService, startModelService } from '../../../local/model-service/server';
import { calls, http1Client, setMode } from '../../helpers/model-service';

let service: ModelService;
beforeAll(async () => { service = await startModelService(); });
afterAll(async () => service.close());
beforeEach(async () => { await setMode(service, { mode: 'ok' }); });

const provisioned = (base: string, region = 'us-east-1') => `arn:aws:bedrock:${region}:123456789012:provisioned-model/${base}-test`;
const NOVA = provisioned('nova-canvas');
const TITAN1 = provisioned('titan-image-v1');
const TITAN2 = provisioned('titan-image-v2');

interface AmazonAnswer {
  readonly images: string[];
  readonly error: string | null;
}

async function draw(modelId: string, body: unknown, region = 'us-east-1'): Promise<AmazonAnswer> {
  const answer = await http1Client(service, { region }).send(new InvokeModelCommand({ modelId, body: JSON.stringify(body) }));
  return JSON.parse(answer.body.transformToString()) as AmazonAnswer;
}

const request = (config: object = {}, params: object = {}) => ({
  taskType: 'TEXT_IMAGE', textToImageParams: { text: 'a red boat', ...params }, imageGenerationConfig: config,
});
const SMALL = { width: 512, height: 512 };
const sizes = (answer: AmazonAnswer) => answer.images.map((image) => {
  const { width, height, type } = imageSize(Buffer.from(image, 'base64'));
  return `${width}x${height} ${type}`;
});

const STYLES = [
  '3D_ANIMATED_FAMILY_FILM', 'DESIGN_SKETCH', 'FLAT_VECTOR_ILLUSTRATION', 'GRAPHIC_NOVEL_ILLUSTRATION', 'MAXIMALISM', 'MIDCENTURY_RETRO',
  'PHOTOREALISM', 'SOFT_DIGITAL_PAINTING',
];
const TITAN_SIZES = [
  [1024, 1024], [768, 768], [512, 512], [768, 1152], [384, 576], [1152, 768], [576, 384], [768, 1280], [384, 640], [1280, 768], [640, 384],
  [896, 1152], [448, 576], [1152, 896], [576, 448], [768, 1408], [384, 704], [1408, 768], [704, 384], [640, 1408], [320, 704], [1408, 640],
  [704, 320], [1152, 640], [1173, 640],
] as const;

type Refusal = readonly [body: object, fault: RegExp];
interface Trials {
  readonly taken: readonly object[];
  readonly refused: readonly Refusal[];
}

const common = (highestText: number, highestSeed: number): Trials => ({
  taken: [
    { taskType: 'TEXT_IMAGE', textToImageParams: { text: 'x' } },
    request({}, { text: '🦊'.repeat(highestText) }), request({}, { negativeText: 'x'.repeat(highestText) }),
    request({ seed: 0 }), request({ seed: highestSeed }), request({ cfgScale: 1.1 }), request({ cfgScale: 10 }),
    request({ quality: 'standard' }), request({ quality: 'premium' }), request({ numberOfImages: 1 }), request({ numberOfImages: 5 }), request(SMALL),
  ],
  refused: [
    [{ ...request(), taskType: undefined }, /required key \[taskType\] not found/],
    [{ ...request(), taskType: 'TEXT_VIDEO' }, /#\/taskType: TEXT_VIDEO is not a valid enum value/],
    [{ ...request(), taskType: 'INPAINTING' }, /does not play INPAINTING/],
    [{ ...request(), prompt: 'x' }, /extraneous key \[prompt\]/],
    [{ taskType: 'TEXT_IMAGE' }, /required key \[textToImageParams\] not found/],
    [{ ...request(), textToImageParams: [] }, /#\/textToImageParams: expected type: JSONObject/],
    [{ ...request(), imageGenerationConfig: 7 }, /#\/imageGenerationConfig: expected type: JSONObject/],
    [request({}, { text: undefined }), /#\/textToImageParams: required key \[text\] not found/],
    [request({}, { text: '' }), /#\/textToImageParams\/text: expected minLength: 1/],
    [request({}, { text: 'x'.repeat(highestText + 1) }), new RegExp(`#/textToImageParams/text: expected maxLength: ${highestText}`)],
    [request({}, { text: 7 }), /#\/textToImageParams\/text: expected type: String/],
    [request({}, { negativeText: 'x'.repeat(highestText + 1) }), new RegExp(`negativeText: expected maxLength: ${highestText}`)],
    [request({}, { negativePrompt: 'x' }), /#\/textToImageParams: extraneous key \[negativePrompt\]/],
    [request({ seed: -1 }), /#\/imageGenerationConfig\/seed: -1 is not greater or equal to 0/],
    [request({ seed: highestSeed + 1 }), new RegExp(`seed: ${highestSeed + 1} is not less or equal to ${highestSeed}`)],
    [request({ seed: 1.5 }), /seed: expected type: Integer, found: Double/],
    [request({ cfgScale: 1 }), /cfgScale: 1 is not greater or equal to 1.1/],
    [request({ cfgScale: 10.1 }), /cfgScale: 10.1 is not less or equal to 10/],
    [request({ cfgScale: '8' }), /cfgScale: expected type: Number, found: String/],
    [request({ numberOfImages: 0 }), /numberOfImages: 0 is not greater or equal to 1/],
    [request({ numberOfImages: 6 }), /numberOfImages: 6 is not less or equal to 5/],
    [request({ numberOfImages: '1' }), /numberOfImages: expected type: Integer/],
    [request({ quality: 'high' }), /quality: high is not a valid enum value/],
    [request({ width: '512', height: 512 }), /width: expected type: Integer, found: String/],
    [request({ steps: 30 }), /#\/imageGenerationConfig: extraneous key \[steps\]/],
  ],
});

const titan: Trials = {
  taken: TITAN_SIZES.map(([width, height]) => request({ width, height })),
  refused: [
    [request({ width: 1000, height: 1000 }), /1000x1000 is not one of the supported sizes 1024x1024, /],
    [request({ width: 512 }), /512x1024 is not one of the supported sizes/],
    [request({ width: 1408, height: 1408 }), /1408x1408 is not one/],
    [request({}, { style: 'PHOTOREALISM' }), /extraneous key \[style\]/],
  ],
};
const nova: Trials = {
  taken: [
    request({ width: 320, height: 320 }), request({ width: 4080, height: 1024 }), request({ width: 1280, height: 320 }),
    request({ width: 320, height: 1280 }),
    request({ width: 2048, height: 2032 }), ...STYLES.map((style) => request({}, { style })),
  ],
  refused: [
    [request({ width: 304 }), /width: 304 is not greater or equal to 320/], [request({ height: 4112 }), /height: 4112 is not less or equal to 4096/],
    [request({ width: 1000 }), /width: 1000 is not a multiple of 16/], [request({ width: 2048, height: 2048 }), /expected less than 4194304 pixels/], [request({ width: 4096, height: 1024 }), /less than 4194304/],
    [request({ width: 1296, height: 320 }), /expected an aspect ratio within 1:4..4:1, actual: 1296x320/],
    [request({ width: 320, height: 1296 }), /expected an aspect ratio/],
    [request({}, { style: 'BAROQUE' }), /style: BAROQUE is not a valid enum value/], [request({}, { negativeText: '' }), /negativeText: expected minLength: 1/],
  ],
};
const TRIALS: readonly (readonly [id: string, trials: Trials])[] = [
  [NOVA, common(1024, 858_993_459)], [NOVA, nova],
  [TITAN1, common(512, 2_147_483_646)], [TITAN1, titan], [TITAN2, common(512, 2_147_483_646)], [TITAN2, titan],
];
const shortened = (body: object) => JSON.stringify(body).slice(0, 110);

describe('a body', () => {
  it.each(TRIALS.flatMap(([id, { taken }]) => taken.map((body) => ({ id, body, name: shortened(body) }))))('is taken by $id: $name', async ({ id, body }) => {
    await setMode(service, { mode: 'filter-output' });

    expect(await draw(id, body)).toEqual({ images: [], error: 'All of the generated images have been blocked by our content filters.' });
  });

  it.each(TRIALS.flatMap(([id, { refused }]) => refused.map(([body, fault]) => ({ id, body, fault, name: shortened(body) }))))(
    'is refused by $id: $name', async ({ id, body, fault }) => {
      const call = draw(id, body);

      await expect(call).rejects.toThrow(ValidationException);
      await expect(call).rejects.toThrow(fault);
    },
  );
});

describe('the images', () => {
  it.each([[NOVA, { width: 1280, height: 720 }, '1280x720'], [TITAN2, { width: 1173, height: 640 }, '1173x640'], [TITAN1, {}, '1024x1024']])(
    'of %s with %j are PNG of %s', async (id, config, size) => {
      expect(sizes(await draw(id, request(config)))).toEqual([`${size} png`]);
    },
  );

  it('are as many as asked for, all different, and the same again for the same seed', async () => {
    const body = request({ ...SMALL, numberOfImages: 3, seed: 9 });
    const answer = await draw(NOVA, body);

    expect(answer.error).toBeNull();
    expect(sizes(answer)).toEqual(Array(3).fill('512x512 png'));
    expect(new Set(answer.images).size).toBe(3);
    expect(await draw(NOVA, body)).toEqual(answer);
  });

  it.each<[string, object, object]>([
    ['seed', { seed: 10 }, {}], ['cfgScale', { cfgScale: 3 }, {}], ['quality', { quality: 'premium' }, {}], ['text', {}, { text: 'a blue boat' }],
    ['negativeText', {}, { negativeText: 'people' }], ['style', {}, { style: 'MAXIMALISM' }],
  ])('follow from the %s', async (_, config, params) => {
    const plain = await draw(NOVA, request({ ...SMALL, seed: 9 }));

    expect((await draw(NOVA, request({ ...SMALL, seed: 9, ...config }, params))).images).not.toEqual(plain.images);
  });
});

describe('a filter', () => {
  it.each([['filter-prompt', 'text prompt'], ['filter-input', 'input image']])('%s is an exception', async (mode, what) => {
    await setMode(service, { mode });
    const call = draw(NOVA, request(SMALL));

    await expect(call).rejects.toThrow(ValidationException);
    await expect(call).rejects.toThrow(`This request has been blocked by our content filters. Please adjust your ${what} to submit a new request.`);
  });

  it('of some images leaves one out and says so', async () => {
    const body = request({ ...SMALL, numberOfImages: 3, seed: 9 });
    const whole = await draw(NOVA, body);
    await setMode(service, { mode: 'filter-some' });

    expect(await draw(NOVA, body)).toEqual({
      images: whole.images.slice(0, 2), error: 'Some of the generated images have been blocked by our content filters.',
    });
    expect(await draw(NOVA, request(SMALL))).toEqual({ images: [], error: 'All of the generated images have been blocked by our content filters.' });
  });

  it('cuts every image when truncated', async () => {
    const body = request({ ...SMALL, numberOfImages: 2, seed: 9 });
    const bytes = ({ images }: AmazonAnswer) => images.map((image) => Buffer.from(image, 'base64'));
    const whole = bytes(await draw(NOVA, body));
    await setMode(service, { mode: 'truncated' });

    expect(bytes(await draw(NOVA, body))).toEqual(whole.map((image) => image.subarray(0, Math.floor(image.length / 2))));
  });
});

describe('a provisioned model', () => {
  it('is called by its ARN in its region only', async () => {
    await setMode(service, { mode: 'filter-output' });

    expect((await draw(provisioned('nova-canvas', 'eu-west-1'), request(), 'eu-west-1')).images).toEqual([]);
    await expect(draw(NOVA, request(), 'eu-west-1')).rejects.toThrow('The provided model identifier is invalid.');
    await expect(draw(provisioned('unknown'), request())).rejects.toThrow('The provided model identifier is invalid.');
    await expect(draw('nova-canvas-test', request())).rejects.toThrow('The provided model identifier is invalid.');
  });

  it.each(['amazon.nova-canvas-v1:0', 'amazon.titan-image-generator-v2:0', 'amazon.titan-image-generator-v1'])('is all that is left of %s', async (id) => {
    await expect(draw(id, request())).rejects.toThrow(/reached the end of its life/);
  });

  it('is counted by its ARN', async () => {
    await fetch(`${service.controlUrl}/calls`, { method: 'DELETE' });
    await draw(NOVA, request(SMALL));
    await draw(NOVA, {}).catch(() => undefined);

    expect((await calls(service)).calls).toMatchObject([{ modelId: NOVA, outcome: 'ok' }, { modelId: NOVA, outcome: 'refused' }]);
  });
});
