import { ValidationException, InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime';
import { imageSize } from 'image-size';
import { type ModelService, startModelService } from '../../../local/model-service/server';
import { calls, http1Client, setMode } from '../../helpers/model-service';

let service: ModelService;
beforeAll(async () => { service = await startModelService(); });
afterAll(async () => service.close());
beforeEach(async () => { await setMode(service, { mode: 'ok' }); });

const provisioned = (base: string, region = 'us-east-1') => `arn:aws:bedrock:${region}:123456789012:provisioned-model/${base}-test`;
const NOVA = provisioned('nova-canvas');
const TITAN_V1 = provisioned('titan-image-v1');
const TITAN_V2 = provisioned('titan-image-v2');

interface AmazonResponse {
  readonly images: string[];
  readonly error: string | null;
}

async function generate(modelId: string, body: unknown, region = 'us-east-1'): Promise<AmazonResponse> {
  const response = await http1Client(service, { region }).send(new InvokeModelCommand({ modelId, body: JSON.stringify(body) }));
  return JSON.parse(response.body.transformToString()) as AmazonResponse;
}

const request = (config: object = {}, params: object = {}) => ({
  taskType: 'TEXT_IMAGE', textToImageParams: { text: 'a red boat', ...params }, imageGenerationConfig: config,
});
const SMALL = { width: 512, height: 512 };
const sizes = (response: AmazonResponse) => response.images.map((image) => {
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

type Rejection = readonly [body: object, message: RegExp];
interface Cases {
  readonly accepted: readonly object[];
  readonly rejected: readonly Rejection[];
}

/** Cases of both formats, which differ in two maximums. */
const common = (maxTextLength: number, maxSeed: number): Cases => ({
  accepted: [
    { taskType: 'TEXT_IMAGE', textToImageParams: { text: 'x' } },
    request({}, { text: '🦊'.repeat(maxTextLength) }), request({}, { negativeText: 'x'.repeat(maxTextLength) }),
    request({ seed: 0 }), request({ seed: maxSeed }), request({ cfgScale: 1.1 }), request({ cfgScale: 10 }),
    request({ quality: 'standard' }), request({ quality: 'premium' }), request({ numberOfImages: 1 }), request({ numberOfImages: 5 }), request(SMALL),
  ],
  rejected: [
    [{ ...request(), taskType: undefined }, /required key \[taskType\] not found/],
    [{ ...request(), taskType: 'TEXT_VIDEO' }, /#\/taskType: TEXT_VIDEO is not a valid enum value/],
    [{ ...request(), taskType: 'INPAINTING' }, /does not support INPAINTING/],
    [{ ...request(), prompt: 'x' }, /extraneous key \[prompt\]/],
    [{ taskType: 'TEXT_IMAGE' }, /required key \[textToImageParams\] not found/],
    [{ ...request(), textToImageParams: [] }, /#\/textToImageParams: expected type: JSONObject/],
    [{ ...request(), imageGenerationConfig: 7 }, /#\/imageGenerationConfig: expected type: JSONObject/],
    [request({}, { text: undefined }), /#\/textToImageParams: required key \[text\] not found/],
    [request({}, { text: '' }), /#\/textToImageParams\/text: expected minLength: 1/],
    [request({}, { text: 'x'.repeat(maxTextLength + 1) }), new RegExp(`#/textToImageParams/text: expected maxLength: ${maxTextLength}`)],
    [request({}, { text: 7 }), /#\/textToImageParams\/text: expected type: String/],
    [request({}, { negativeText: 'x'.repeat(maxTextLength + 1) }), new RegExp(`negativeText: expected maxLength: ${maxTextLength}`)],
    [request({}, { negativePrompt: 'x' }), /#\/textToImageParams: extraneous key \[negativePrompt\]/],
    [request({ seed: -1 }), /#\/imageGenerationConfig\/seed: -1 is not greater or equal to 0/],
    [request({ seed: maxSeed + 1 }), new RegExp(`seed: ${maxSeed + 1} is not less or equal to ${maxSeed}`)],
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

const titan: Cases = {
  accepted: TITAN_SIZES.map(([width, height]) => request({ width, height })),
  rejected: [
    [request({ width: 1000, height: 1000 }), /1000x1000 is not one of the supported sizes 1024x1024, /],
    [request({ width: 512 }), /512x1024 is not one of the supported sizes/],
    [request({ width: 1408, height: 1408 }), /1408x1408 is not one/],
    [request({}, { style: 'PHOTOREALISM' }), /extraneous key \[style\]/],
  ],
};
const nova: Cases = {
  accepted: [
    request({ width: 320, height: 320 }), request({ width: 4080, height: 1024 }), request({ width: 1280, height: 320 }),
    request({ width: 320, height: 1280 }),
    request({ width: 2048, height: 2032 }), ...STYLES.map((style) => request({}, { style })),
  ],
  rejected: [
    [request({ width: 304 }), /width: 304 is not greater or equal to 320/], [request({ height: 4112 }), /height: 4112 is not less or equal to 4096/],
    [request({ width: 1000 }), /width: 1000 is not a multiple of 16/], [request({ width: 2048, height: 2048 }), /expected less than 4194304 pixels/], [request({ width: 4096, height: 1024 }), /less than 4194304/],
    [request({ width: 1296, height: 320 }), /expected an aspect ratio within 1:4..4:1, actual: 1296x320/],
    [request({ width: 320, height: 1296 }), /expected an aspect ratio/],
    [request({}, { style: 'BAROQUE' }), /style: BAROQUE is not a valid enum value/], [request({}, { negativeText: '' }), /negativeText: expected minLength: 1/],
  ],
};
const CASES: readonly (readonly [id: string, cases: Cases])[] = [
  [NOVA, common(1024, 858_993_459)], [NOVA, nova],
  [TITAN_V1, common(512, 2_147_483_646)], [TITAN_V1, titan], [TITAN_V2, common(512, 2_147_483_646)], [TITAN_V2, titan],
];
const abbreviate = (body: object) => JSON.stringify(body).slice(0, 110);

describe('Titan and Nova Canvas request body', () => {
  it.each(CASES.flatMap(([id, { accepted }]) => accepted.map((body) => ({ id, body, name: abbreviate(body) }))))('is accepted by $id: $name', async ({ id, body }) => {
    // a filtered response shows that the body was accepted, without the time to render images
    await setMode(service, { mode: 'filter-output' });

    expect(await generate(id, body)).toEqual({ images: [], error: 'All of the generated images have been blocked by our content filters.' });
  });

  it.each(CASES.flatMap(([id, { rejected }]) => rejected.map(([body, message]) => ({ id, body, message, name: abbreviate(body) }))))(
    'is rejected by $id: $name', async ({ id, body, message }) => {
      const call = generate(id, body);

      await expect(call).rejects.toThrow(ValidationException);
      await expect(call).rejects.toThrow(message);
    },
  );
});

describe('Titan and Nova Canvas images', () => {
  it.each([[NOVA, { width: 1280, height: 720 }, '1280x720'], [TITAN_V2, { width: 1173, height: 640 }, '1173x640'], [TITAN_V1, {}, '1024x1024']])(
    'of %s with %j are PNG files of %s', async (id, config, size) => {
      expect(sizes(await generate(id, request(config)))).toEqual([`${size} png`]);
    },
  );

  it('are as many as requested, all different, and equal for an equal seed', async () => {
    const body = request({ ...SMALL, numberOfImages: 3, seed: 9 });
    const response = await generate(NOVA, body);

    expect(response.error).toBeNull();
    expect(sizes(response)).toEqual(Array(3).fill('512x512 png'));
    expect(new Set(response.images).size).toBe(3);
    expect(await generate(NOVA, body)).toEqual(response);
  });

  it.each<[string, object, object]>([
    ['seed', { seed: 10 }, {}], ['cfgScale', { cfgScale: 3 }, {}], ['quality', { quality: 'premium' }, {}], ['text', {}, { text: 'a blue boat' }],
    ['negativeText', {}, { negativeText: 'people' }], ['style', {}, { style: 'MAXIMALISM' }],
  ])('depend on the parameter %s', async (_, config, params) => {
    const plain = await generate(NOVA, request({ ...SMALL, seed: 9 }));

    expect((await generate(NOVA, request({ ...SMALL, seed: 9, ...config }, params))).images).not.toEqual(plain.images);
  });
});

describe('Titan and Nova Canvas content filter', () => {
  it.each([['filter-prompt', 'text prompt'], ['filter-input', 'input image']])('%s returns an exception', async (mode, content) => {
    await setMode(service, { mode });
    const call = generate(NOVA, request(SMALL));

    await expect(call).rejects.toThrow(ValidationException);
    await expect(call).rejects.toThrow(`This request has been blocked by our content filters. Please adjust your ${content} to submit a new request.`);
  });

  it('filter-some removes one image and returns an error text', async () => {
    const body = request({ ...SMALL, numberOfImages: 3, seed: 9 });
    const whole = await generate(NOVA, body);
    await setMode(service, { mode: 'filter-some' });

    expect(await generate(NOVA, body)).toEqual({
      images: whole.images.slice(0, 2), error: 'Some of the generated images have been blocked by our content filters.',
    });
    expect(await generate(NOVA, request(SMALL))).toEqual({ images: [], error: 'All of the generated images have been blocked by our content filters.' });
  });

  it('truncated returns half of each image', async () => {
    const body = request({ ...SMALL, numberOfImages: 2, seed: 9 });
    const bytes = ({ images }: AmazonResponse) => images.map((image) => Buffer.from(image, 'base64'));
    const whole = bytes(await generate(NOVA, body));
    await setMode(service, { mode: 'truncated' });

    expect(bytes(await generate(NOVA, body))).toEqual(whole.map((image) => image.subarray(0, Math.floor(image.length / 2))));
  });
});

describe('provisioned model', () => {
  it('accepts calls with its ARN in its Region, and rejects other ids and Regions', async () => {
    // an empty list of images is a success response
    await setMode(service, { mode: 'filter-output' });

    expect((await generate(provisioned('nova-canvas', 'eu-west-1'), request(), 'eu-west-1')).images).toEqual([]);
    await expect(generate(NOVA, request(), 'eu-west-1')).rejects.toThrow('The provided model identifier is invalid.');
    await expect(generate(provisioned('unknown'), request())).rejects.toThrow('The provided model identifier is invalid.');
    await expect(generate('nova-canvas-test', request())).rejects.toThrow('The provided model identifier is invalid.');
  });

  it.each(['amazon.nova-canvas-v1:0', 'amazon.titan-image-generator-v2:0', 'amazon.titan-image-generator-v1'])('is the only way to call %s', async (id) => {
    await expect(generate(id, request())).rejects.toThrow(/reached the end of its life/);
  });

  it('has its ARN in the recorded calls', async () => {
    await fetch(`${service.controlUrl}/calls`, { method: 'DELETE' });
    await generate(NOVA, request(SMALL));
    await generate(NOVA, {}).catch(() => undefined);

    expect((await calls(service)).calls).toMatchObject([{ modelId: NOVA, outcome: 'ok' }, { modelId: NOVA, outcome: 'rejected' }]);
  });
});
