import {
  InternalFailure, InvokeEndpointCommand, type InvokeEndpointCommandInput, ModelError, ModelNotReadyException, SageMakerRuntimeClient,
  ServiceUnavailable, ValidationError,
} from '@aws-sdk/client-sagemaker-runtime';
import { imageSize } from 'image-size';
import { type ModelService, startModelService } from '../../../local/model-service/server';
import { authorization, calls, pixelsOf, post, setMode } from '../../helpers/model-service';

let service: ModelService;
let client: SageMakerRuntimeClient;
beforeAll(async () => {
  service = await startModelService();
  client = new SageMakerRuntimeClient({
    endpoint: service.url, region: 'eu-west-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' }, maxAttempts: 1,
  });
});
afterAll(async () => service.close());
beforeEach(async () => { await setMode(service, { mode: 'ok' }); });

interface EndpointResponse {
  readonly generated_images: (string | number[][][])[];
  readonly generated_image: number[][][];
  readonly prompt: string;
  readonly artifacts: { readonly base64: string; readonly finishReason: string }[];
}

async function call(EndpointName: string, body: unknown, options: Partial<InvokeEndpointCommandInput> = {}): Promise<EndpointResponse> {
  const response = await client.send(new InvokeEndpointCommand({
    EndpointName, Body: typeof body === 'string' ? body : JSON.stringify(body), ContentType: 'application/json', Accept: 'application/json;jpeg', ...options,
  }));
  return JSON.parse(response.Body.transformToString()) as EndpointResponse;
}

const SMALL = { prompt: 'a red boat', width: 128, height: 96, seed: 7 };
const files = ({ generated_images: images }: EndpointResponse) => images.map((image) => Buffer.from(image as string, 'base64'));

describe('JumpStart Stable Diffusion', () => {
  it.each<[string, string]>([['sd-jpeg', 'jpg'], ['sd-png', 'png']])('on endpoint %s returns base64 %s files', async (endpoint, type) => {
    const response = await call(endpoint, SMALL);

    expect(response.prompt).toBe('a red boat');
    expect(files(response).map((file) => imageSize(file))).toMatchObject([{ width: 128, height: 96, type }]);
    expect(await call(endpoint, SMALL)).toEqual(response);
  });

  it('returns rows of pixels for Accept: application/json', async () => {
    const [rows] = (await call('sd-png', SMALL, { Accept: 'application/json' })).generated_images as number[][][][];
    const { data } = await pixelsOf(files(await call('sd-png', SMALL))[0]);
    const colors = Array.from(data).filter((_, at) => at % 4 !== 3);

    expect([rows.length, rows[0].length, rows[0][0].length]).toEqual([96, 128, 3]);
    expect(rows.flat(2)).toEqual(colors);
  });

  it('returns one image of 512 x 512 pixels for a plain text request', async () => {
    const response = await call('sd', 'a red boat', { ContentType: 'application/x-text', Accept: 'application/json' });

    expect(Object.keys(response)).toEqual(['generated_image', 'prompt']);
    expect([response.generated_image.length, response.generated_image[0].length, response.prompt]).toEqual([512, 512, 'a red boat']);
  });

  it('returns several different images for each prompt', async () => {
    const response = await call('sd', { ...SMALL, prompt: ['a', 'b'], num_images_per_prompt: 2 });

    expect(new Set(response.generated_images).size).toBe(4);
    expect(response.prompt).toEqual(['a', 'b']);
  });

  it('accepts the content type application/json;jpeg', async () => {
    expect((await call('sd', SMALL, { ContentType: 'application/json;jpeg', Accept: 'application/json; jpeg' })).generated_images).toHaveLength(1);
  });

  it.each<[object]>([
    [{ seed: 8 }], [{ negative_prompt: 'people' }], [{ guidance_scale: 3 }], [{ num_inference_steps: 20 }], [{ prompt: 'a blue boat' }],
  ])('returns another image for %j', async (others) => {
    expect((await call('sd', { ...SMALL, ...others })).generated_images).not.toEqual((await call('sd', SMALL)).generated_images);
  });

  it.each<[object]>([
    [{ width: 64, height: 64 }], [{ width: 72, height: 2048 }], [{ num_images_per_prompt: 10 }], [{ num_inference_steps: 1 }],
    [{ num_inference_steps: 1000 }],
    [{ guidance_scale: 0 }], [{ guidance_scale: 7.5 }], [{ seed: 0 }], [{ seed: 4_294_967_295 }], [{ negative_prompt: ['x'] }],
  ])('accepts %j', async (others) => {
    expect((await call('sd', { ...SMALL, ...others })).generated_images.length).toBeGreaterThan(0);
  });

  it.each<[object, RegExp]>([
    [{ prompt: undefined }, /required key \[prompt\] not found/], [{ prompt: '' }, /#\/prompt: expected minLength: 1/],
    [{ prompt: [] }, /#\/prompt: expected minLength: 1/], [{ prompt: 7 }, /#\/prompt: expected type: String, found: Integer/],
    [{ prompt: ['x', 7] }, /#\/prompt: expected type: String/], [{ negative_prompt: 7 }, /#\/negative_prompt: expected type: String/],
    [{ width: 100 }, /width: 100 is not a multiple of 8/], [{ height: 100 }, /height: 100 is not a multiple of 8/], [{ width: 56 }, /width: 56 is not greater/],
    [{ height: 2056 }, /height: 2056 is not less/], [{ width: '512' }, /width: expected type: Integer/], [{ num_images_per_prompt: 0 }, /0 is not greater/],
    [{ num_images_per_prompt: 11 }, /11 is not less or equal to 10/], [{ num_inference_steps: 0 }, /num_inference_steps: 0 is not greater/],
    [{ num_inference_steps: 0.5 }, /num_inference_steps: expected type: Integer/], [{ guidance_scale: -1 }, /guidance_scale: -1 is not greater/],
    [{ guidance_scale: null }, /guidance_scale: expected type: Number, found: Null/], [{ seed: -1 }, /seed: -1 is not greater/],
    [{ seed: 4_294_967_296 }, /seed: 4294967296 is not less/], [{ aspect_ratio: '1:1' }, /extraneous key \[aspect_ratio\]/], [{ text: 'x' }, /extraneous key \[text\]/],
  ])('rejects %j with the error of the container', async (others, message) => {
    const rejected = call('sd', { ...SMALL, ...others });

    await expect(rejected).rejects.toThrow(ModelError);
    await expect(rejected).rejects.toThrow(/^Received client error \(400\) from primary with message/);
    await expect(rejected).rejects.toMatchObject({
      OriginalStatusCode: 400, OriginalMessage: expect.stringMatching(message), $metadata: { httpStatusCode: 424 },
    });
  });

  it.each([
    ['{', {}, 400], ['[]', {}, 400], ['{"prompt":"x"}', { ContentType: 'text/plain' }, 415], ['{"prompt":"x"}', { Accept: 'image/png' }, 406],
    ['', { ContentType: 'application/x-text' }, 400],
  ])('rejects the body %s with %j', async (body, options, OriginalStatusCode) => {
    await expect(call('sd', body, options)).rejects.toMatchObject({ name: 'ModelError', OriginalStatusCode });
  });
});

describe('Stable Diffusion XL', () => {
  const request = { text_prompts: [{ text: 'a red boat' }], width: 128, height: 128, seed: 7 };

  it('returns artifacts', async () => {
    const response = await call('my-sdxl-endpoint', request, { Accept: 'application/json' });

    expect(response).toEqual({ result: 'success', artifacts: [{ seed: 7, base64: expect.any(String), finishReason: 'SUCCESS' }] });
    expect(imageSize(Buffer.from(response.artifacts[0].base64, 'base64'))).toMatchObject({ width: 128, height: 128, type: 'png' });
  });

  it('filters as on Bedrock and wraps the errors', async () => {
    await setMode(service, { mode: 'filter-output', times: 1 });
    const filtered = await call('sdxl', request, { Accept: 'application/json' });
    await setMode(service, { mode: 'filter-prompt', times: 1 });
    const rejected = call('sdxl', request, { Accept: 'application/json' });

    expect(filtered.artifacts[0].finishReason).toBe('CONTENT_FILTERED');
    await expect(rejected).rejects.toMatchObject({ name: 'ModelError', OriginalStatusCode: 400, OriginalMessage: expect.stringContaining('content filters') });
  });

  it.each<[unknown, Partial<InvokeEndpointCommandInput>, number]>([
    [{ prompt: 'x' }, {}, 400], ['{', {}, 400], [request, { ContentType: 'application/x-text' }, 415], [request, { Accept: 'application/json;jpeg' }, 406],
  ])('rejects %j with %j', async (body, options, OriginalStatusCode) => {
    await expect(call('sdxl', body, { Accept: 'application/json', ...options })).rejects.toMatchObject({ name: 'ModelError', OriginalStatusCode });
  });
});

describe('mode of an endpoint', () => {
  it.each([
    ['throttle', Error, { name: 'ThrottlingException', $metadata: { httpStatusCode: 400 } }],
    ['end-of-life', ValidationError, { message: 'Endpoint sd of account 000000000000 not found.', $metadata: { httpStatusCode: 400 } }],
    ['access-denied', Error, { name: 'AccessDeniedException', $metadata: { httpStatusCode: 403 } }],
    ['server-error', InternalFailure, { $metadata: { httpStatusCode: 500 } }],
    ['inference-error', InternalFailure, {}],
    ['model-error', ModelError, { OriginalStatusCode: 500, OriginalMessage: 'CUDA out of memory', $metadata: { httpStatusCode: 424 } }],
    ['model-timeout', ModelError, { OriginalStatusCode: 504 }],
    ['not-ready', ModelNotReadyException, { $metadata: { httpStatusCode: 429 } }],
    ['unavailable', ServiceUnavailable, { $metadata: { httpStatusCode: 503 } }],
    ['quota-exceeded', Error, { name: 'ThrottlingException' }],
  ])('%s returns its exception', async (mode, exception, members) => {
    await setMode(service, { mode });
    const rejected = call('sd', SMALL);

    await expect(rejected).rejects.toThrow(exception);
    await expect(rejected).rejects.toMatchObject(members);
  });

  it('reset closes the connection without a response', async () => {
    await setMode(service, { mode: 'reset' });

    await expect(call('sd', SMALL)).rejects.not.toHaveProperty('$response.statusCode', expect.any(Number));
  });

  it('filter-output returns black images', async () => {
    await setMode(service, { mode: 'filter-output' });
    const { data } = await pixelsOf(files(await call('sd-png', SMALL))[0]);

    expect([data.length, data.findIndex((value, at) => at % 4 !== 3 && value !== 0)]).toEqual([128 * 96 * 4, -1]);
  });

  it('truncated returns half of the file or of the rows', async () => {
    const [whole] = files(await call('sd', SMALL));
    await setMode(service, { mode: 'truncated' });

    expect(files(await call('sd', SMALL))).toEqual([whole.subarray(0, Math.floor(whole.length / 2))]);
    expect((await call('sd', SMALL, { Accept: 'application/json' })).generated_images[0]).toHaveLength(48);
  });

  it('malformed returns JSON with an undocumented structure', async () => {
    await setMode(service, { mode: 'malformed' });

    expect((await call('sd', SMALL)).generated_images).toBeUndefined();
  });
});

describe('SageMaker Runtime', () => {
  const path = '/endpoints/sd/invocations';
  const headers = { 'authorization': authorization('eu-west-1', 'sagemaker'), 'content-type': 'application/json', 'accept': 'application/json;jpeg' };

  it('rejects missing endpoints and invalid names', async () => {
    await expect(call('missing-one', SMALL)).rejects.toThrow(ValidationError);
    await expect(call('missing-one', SMALL)).rejects.toThrow('Endpoint missing-one of account 000000000000 not found.');
    await expect(call('under_score', SMALL)).rejects.toThrow(ValidationError);
    await expect(call('x'.repeat(64), SMALL)).rejects.toThrow(ValidationError);
  });

  it('accepts a body of 6,291,456 bytes and rejects a larger body', async () => {
    const body = (length: number) => {
      const bytes = Buffer.alloc(length, ' ');
      bytes.write(JSON.stringify(SMALL));
      return bytes;
    };

    expect((await post(service, path, body(6_291_456), headers)).status).toBe(200);
    expect((await post(service, path, body(6_291_457), headers)).status).toBe(413);
  });

  it('requires a signature for SageMaker', async () => {
    const body = JSON.stringify(SMALL);

    expect((await post(service, path, body, { ...headers, authorization: authorization() })).status).toBe(403);
    expect((await fetch(service.url + path, { method: 'POST', body })).status).toBe(403);
    expect((await fetch(service.url + path, { headers })).status).toBe(404);
  });

  it('records calls with the name of the endpoint', async () => {
    await fetch(`${service.controlUrl}/calls`, { method: 'DELETE' });
    await call('sd', SMALL);
    await call('sd', {}).catch(() => undefined);
    await call('missing', SMALL).catch(() => undefined);

    expect((await calls(service)).calls).toMatchObject([
      { modelId: 'endpoint/sd', outcome: 'ok' }, { modelId: 'endpoint/sd', outcome: 'rejected' }, { modelId: 'endpoint/missing', outcome: 'rejected' },
    ]);
  });
});
