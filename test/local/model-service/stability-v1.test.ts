import { InternalServerException, InvokeModelCommand, ValidationException } from '@aws-sdk/client-bedrock-runtime';
import { imageSize } from 'image-size';
import { type ModelService, startModelService } from '../../../local/model-service/server';
import { http1Client, pixelsOf, setMode } from '../../helpers/model-service';

let service: ModelService;
beforeAll(async () => { service = await startModelService(); });
afterAll(async () => service.close());
beforeEach(async () => { await setMode(service, { mode: 'ok' }); });

const SDXL = 'arn:aws:bedrock:us-west-2:123456789012:provisioned-model/sdxl-test';
const PRESETS = [
  '3d-model', 'analog-film', 'anime', 'cinematic', 'comic-book', 'digital-art', 'enhance', 'fantasy-art', 'isometric', 'line-art', 'low-poly',
  'modeling-compound', 'neon-punk', 'origami', 'photographic', 'pixel-art', 'tile-texture',
];

interface XlResponse {
  readonly result: string;
  readonly artifacts: { readonly seed: number; readonly base64: string; readonly finishReason: string }[];
}

async function generate(body: unknown): Promise<XlResponse> {
  const response = await http1Client(service).send(new InvokeModelCommand({ modelId: SDXL, body: JSON.stringify(body) }));
  return JSON.parse(response.body.transformToString()) as XlResponse;
}

const request = (others: object = {}) => ({ text_prompts: [{ text: 'a red boat' }], width: 512, height: 512, seed: 7, ...others });
const imageOf = (response: XlResponse) => Buffer.from(response.artifacts[0].base64, 'base64');

describe('Stable Diffusion XL request body', () => {
  beforeEach(async () => { await setMode(service, { mode: 'inference-error' }); });

  it.each<object>([
    { text_prompts: [{ text: 'x' }] }, { text_prompts: [{ text: '🦊'.repeat(2000), weight: 0.1 }] },
    { text_prompts: [{ text: 'x', weight: 1 }, { text: 'people', weight: -1 }, { text: 'y', weight: 0 }] },
    request({ cfg_scale: 0 }), request({ cfg_scale: 35 }), request({ cfg_scale: 7.5 }), request({ seed: 0 }), request({ seed: 4_294_967_295 }),
    request({ steps: 10 }), request({ steps: 50 }), request({ width: 64 }), request({ width: 2048, height: 64 }),
    ...PRESETS.map((style_preset) => request({ style_preset })),
  ])('is accepted: %j', async (body) => {
    expect((await generate(body)).artifacts).toHaveLength(1);
  });

  it.each<[object, RegExp]>([
    [{}, /required key \[text_prompts\] not found/], [{ prompt: 'x' }, /extraneous key \[prompt\]/],
    [request({ text_prompts: 'x' }), /#\/text_prompts: expected type: JSONArray/],
    [request({ text_prompts: [] }), /expected minimum item count: 1/], [request({ text_prompts: ['x'] }), /#\/text_prompts\/0: expected type: JSONObject/],
    [request({ text_prompts: [{ text: '' }] }), /#\/text_prompts\/0\/text: expected minLength: 1/],
    [request({ text_prompts: [{ text: 'x' }, { text: 'x'.repeat(2001) }] }), /#\/text_prompts\/1\/text: expected maxLength: 2000/],
    [request({ text_prompts: [{ weight: 1 }] }), /required key \[text\]/], [request({ text_prompts: [{ text: 'x', weight: '1' }] }), /weight: expected type: Number/],
    [request({ text_prompts: [{ text: 'x', role: 'y' }] }), /#\/text_prompts\/0: extraneous key \[role\]/],
    [request({ text_prompts: [{ text: 'x', weight: -1 }] }), /at least one prompt must have a positive weight/],
    [request({ cfg_scale: -0.1 }), /cfg_scale: -0.1 is not greater/], [request({ cfg_scale: 35.1 }), /cfg_scale: 35.1 is not less/],
    [request({ cfg_scale: '7' }), /cfg_scale: expected type: Number/], [request({ seed: -1 }), /seed: -1 is not greater/],
    [request({ seed: 4_294_967_296 }), /seed: 4294967296 is not less/], [request({ seed: 0.5 }), /seed: expected type: Integer/],
    [request({ steps: 9 }), /steps: 9 is not greater or equal to 10/], [request({ steps: 51 }), /steps: 51 is not less or equal to 50/],
    [request({ steps: null }), /steps: expected type: Integer, found: Null/], [request({ width: 500 }), /width: 500 is not a multiple of 64/],
    [request({ height: 0 }), /height: 0 is not greater/], [request({ height: '512' }), /height: expected type: Integer/],
    [request({ style_preset: 'baroque' }), /style_preset: baroque is not a valid enum value/],
    [request({ samples: 2 }), /extraneous key \[samples\]/], [request({ aspect_ratio: '1:1' }), /extraneous key \[aspect_ratio\]/],
  ])('is rejected: %j', async (body, message) => {
    const call = generate(body);

    await expect(call).rejects.toThrow(ValidationException);
    await expect(call).rejects.toThrow(message);
  });
});

it('Stable Diffusion XL returns a PNG file of the requested size, equal for an equal request', async () => {
  const response = await generate(request({ width: 768, height: 512 }));

  expect(response).toEqual({ result: 'success', artifacts: [{ seed: 7, base64: expect.any(String), finishReason: 'SUCCESS' }] });
  expect(imageSize(imageOf(response))).toMatchObject({ width: 768, height: 512, type: 'png' });
  expect(await generate(request({ width: 768, height: 512 }))).toEqual(response);
});

it.each<[object]>([
  [{ seed: 8 }], [{ cfg_scale: 20 }], [{ steps: 11 }], [{ style_preset: 'pixel-art' }],
  [{ text_prompts: [{ text: 'a red boat', weight: 0.5 }] }], [{ text_prompts: [{ text: 'a red boat' }, { text: 'people', weight: -1 }] }],
])('Stable Diffusion XL returns another image for %j', async (others) => {
  expect(imageOf(await generate(request(others))).equals(imageOf(await generate(request())))).toBe(false);
});

it('Stable Diffusion XL returns a random seed', async () => {
  const random = await generate(request({ seed: 0 }));

  expect(random.artifacts[0].seed).toBeGreaterThan(0);
  expect(await generate(request({ seed: random.artifacts[0].seed }))).toEqual(random);
});

it.each(['filter-prompt', 'filter-input'])('Stable Diffusion XL in the mode %s returns an exception', async (mode) => {
  await setMode(service, { mode });
  const call = generate(request());

  await expect(call).rejects.toThrow(ValidationException);
  await expect(call).rejects.toThrow(/blocked by our content filters/);
});

it.each(['filter-output', 'filter-some'])('Stable Diffusion XL in the mode %s returns a blurred image', async (mode) => {
  const sharp = await pixelsOf(imageOf(await generate(request())));
  await setMode(service, { mode });
  const response = await generate(request());
  const blurred = await pixelsOf(imageOf(response));
  const edges = ({ data }: typeof sharp) => {
    let steps = 0;
    for (let at = 4; at < data.length; at += 4) {
      const step = data[at] - data[at - 4];
      if (step > 24 || step < -24) steps++;
    }
    return steps;
  };

  expect(response).toMatchObject({ result: 'success', artifacts: [{ seed: 7, finishReason: 'CONTENT_FILTERED' }] });
  expect([blurred.width, blurred.height]).toEqual([512, 512]);
  expect(edges(blurred)).toBeLessThan(edges(sharp) / 10);
});

it('Stable Diffusion XL in the mode inference-error returns an artifact without an image, in the mode server-error an exception', async () => {
  await setMode(service, { mode: 'inference-error', times: 1 });
  const failed = await generate(request());
  await setMode(service, { mode: 'server-error', times: 1 });

  expect(failed).toEqual({ result: 'success', artifacts: [{ seed: 7, base64: '', finishReason: 'ERROR' }] });
  await expect(generate(request())).rejects.toThrow(InternalServerException);
});

it('Stable Diffusion XL in the mode truncated returns half of the image', async () => {
  const whole = imageOf(await generate(request()));
  await setMode(service, { mode: 'truncated' });

  expect(imageOf(await generate(request())).equals(whole.subarray(0, Math.floor(whole.length / 2)))).toBe(true);
});
