import {
  AccessDeniedException, type BedrockRuntimeClient, ConverseCommand, InternalServerException, InvokeModelCommand, ModelErrorException,
  ModelNotReadyException, ModelTimeoutException, ResourceNotFoundException, ServiceQuotaExceededException, ServiceUnavailableException,
  ThrottlingException,
} from '@aws-sdk/client-bedrock-runtime';
import { imageSize } from 'image-size';
import { MODEL_MODES } from '../../../local/model-service/control/control';
import { type ModelService, startModelService } from '../../../local/model-service/server';
import { authorization, calls, CORE, http1Client, http2Client, imageOf, invoke, invokePath, post, setMode, ULTRA } from '../../helpers/model-service';

let service: ModelService;
beforeAll(async () => { service = await startModelService(); });
afterAll(async () => service.close());
beforeEach(async () => {
  await setMode(service, { mode: 'ok' });
  await fetch(`${service.controlUrl}/calls`, { method: 'DELETE' });
});

const BODY = { prompt: 'a lighthouse in a storm', seed: 7, output_format: 'jpeg' };
const outcomes = async () => (await calls(service)).calls.map((call) => call.outcome);

describe.each([
  ['HTTP/1.1', (of: ModelService): BedrockRuntimeClient => http1Client(of)],
  ['HTTP/2', (of: ModelService): BedrockRuntimeClient => http2Client(of)],
])('through the SDK over %s', (_, clientOf) => {
  let client: BedrockRuntimeClient;
  beforeAll(() => { client = clientOf(service); });
  afterAll(() => client.destroy());

  it('ok returns an image', async () => {
    const response = await invoke(client, CORE, BODY);

    expect(response).toEqual({ seeds: [7], finish_reasons: [null], images: [expect.any(String)] });
    expect(imageSize(imageOf(response))).toMatchObject({ width: 1024, height: 1024, type: 'jpg' });
    expect(await outcomes()).toEqual(['ok']);
  });

  it.each([
    ['throttle', ThrottlingException, 429, 'Too many requests, please wait before trying again.'],
    ['end-of-life', ResourceNotFoundException, 404, 'This model version has reached the end of its life. Please refer to the AWS documentation for more details.'],
    ['access-denied', AccessDeniedException, 403, /not authorized to perform the required AWS Marketplace actions \(aws-marketplace:ViewSubscriptions, aws-marketplace:Subscribe\)/],
    ['server-error', InternalServerException, 500, /unexpected error/],
    ['model-error', ModelErrorException, 424, /error while processing the model/],
    ['model-timeout', ModelTimeoutException, 408, /model timeout/],
    ['not-ready', ModelNotReadyException, 429, /not ready/],
    ['unavailable', ServiceUnavailableException, 503, /isn't currently available/],
    ['quota-exceeded', ServiceQuotaExceededException, 400, /quota/],
  ])('%s returns its exception', async (mode, exception, httpStatusCode, message) => {
    await setMode(service, { mode });

    const call = invoke(client, CORE, BODY);

    await expect(call).rejects.toThrow(exception);
    await expect(call).rejects.toThrow(message);
    await expect(call).rejects.toMatchObject({ $metadata: { httpStatusCode } });
    expect(await outcomes()).toEqual([mode]);
  });

  it.each([
    ['filter-prompt', 'Filter reason: prompt'],
    ['filter-output', 'Filter reason: output image'],
    ['filter-input', 'Filter reason: input image'],
    ['filter-some', 'Filter reason: output image'],
    ['inference-error', 'Inference error'],
  ])('%s returns a success response without images', async (mode, reason) => {
    await setMode(service, { mode });

    expect(await invoke(client, CORE, BODY)).toEqual({ seeds: [7], finish_reasons: [reason] });
    expect(await outcomes()).toEqual([mode]);
  });

  it('malformed returns JSON with an undocumented structure', async () => {
    await setMode(service, { mode: 'malformed' });

    const response = await invoke(client, CORE, BODY);

    expect(response.images?.[0]).not.toEqual(expect.any(String));
    expect(response.finish_reasons).not.toEqual([null]);
  });

  it('truncated returns the first half of the image as valid base64', async () => {
    const whole = imageOf(await invoke(client, CORE, BODY));
    await setMode(service, { mode: 'truncated' });

    const half = imageOf(await invoke(client, CORE, BODY));

    expect(half.equals(whole.subarray(0, Math.floor(whole.length / 2)))).toBe(true);
  });

  it('reset closes the connection without a response', async () => {
    await setMode(service, { mode: 'reset' });

    await expect(invoke(client, CORE, BODY)).rejects.toThrow();
    await expect(invoke(client, CORE, BODY)).rejects.not.toHaveProperty('$response.statusCode', expect.any(Number));
    expect(await outcomes()).toEqual(['reset', 'reset']);
  });

  it('slow records the call at once and responds after the delay', async () => {
    await setMode(service, { mode: 'slow', delayMs: 400 });
    const started = performance.now();

    const call = invoke(client, CORE, BODY);
    await new Promise((resolve) => setTimeout(resolve, 200));
    const early = await outcomes();
    const response = await call;

    expect(early).toEqual(['slow']);
    expect(response.finish_reasons).toEqual([null]);
    expect(performance.now() - started).toBeGreaterThanOrEqual(400);
  });

  it('exactly `times` of several parallel requests use the mode', async () => {
    await setMode(service, { mode: 'reset', times: 1 });

    const results = await Promise.allSettled(Array.from({ length: 20 }, async () => invoke(client, CORE, BODY)));

    expect(results.filter((result) => result.status === 'rejected')).toHaveLength(1);
    expect((await outcomes()).sort()).toEqual([...Array<string>(19).fill('ok'), 'reset']);
  });

  it('a client with retries succeeds after one throttled request', async () => {
    await setMode(service, { mode: 'throttle', times: 1 });
    const retrying = http1Client(service, { maxAttempts: 2 });

    const response = await invoke(retrying, CORE, BODY);

    expect(response.finish_reasons).toEqual([null]);
    expect(await outcomes()).toEqual(['throttle', 'ok']);
  });
});

describe('model service mode', () => {
  it.each(MODEL_MODES)('%s lasts for `times` requests', async (mode) => {
    const set = await setMode(service, { mode, times: 2, delayMs: 0 });
    const call = async () => post(service, invokePath(CORE), JSON.stringify(BODY)).catch(() => undefined);
    await call();
    const between = await (await fetch(`${service.controlUrl}/mode`)).json() as unknown;
    await call();

    expect(await set.json()).toEqual({ mode, times: 2, delayMs: 0 });
    expect(between).toEqual({ mode, times: 1, delayMs: 0 });
    expect(await (await fetch(`${service.controlUrl}/mode`)).json()).toEqual({ mode: 'ok' });
    expect(await outcomes()).toEqual([mode, mode]);
  });

  it('can affect one model, and only its calls decrement `times`', async () => {
    await setMode(service, { mode: 'throttle', times: 1, model: 'ultra' });
    const statusOf = async (id: string) => (await post(service, invokePath(id), JSON.stringify(BODY))).status;

    const statuses = [await statusOf(CORE), await statusOf(ULTRA), await statusOf(ULTRA)];

    expect(statuses).toEqual([200, 429, 200]);
    expect(await outcomes()).toEqual(['ok', 'throttle', 'ok']);
  });

  it('can delay any response', async () => {
    await setMode(service, { mode: 'throttle', delayMs: 300 });
    const started = performance.now();

    expect((await post(service, invokePath(CORE), JSON.stringify(BODY))).status).toBe(429);
    expect(performance.now() - started).toBeGreaterThanOrEqual(300);
  });

  it('filters and truncates Converse responses', async () => {
    const client = http1Client(service);
    const call = async () => client.send(new ConverseCommand({
      modelId: 'us.amazon.nova-lite-v1:0', messages: [{ role: 'user', content: [{ text: 'a red boat' }] }],
    }));
    const whole = (await call()).output?.message?.content?.[0].text ?? '';
    await setMode(service, { mode: 'filter-prompt', times: 1 });
    const filtered = await call();
    await setMode(service, { mode: 'truncated', times: 1 });
    const truncated = await call();

    expect(filtered.stopReason).toBe('content_filtered');
    expect(truncated.output?.message?.content?.[0].text).toBe(whole.slice(0, Math.floor(whole.length / 2)));
  });

  it.each([
    [{ mode: 'sleepy' }, /'mode' must be one of ok, throttle, .*reset, .*guardrail-error, got "sleepy"/],
    [{}, /'mode' must be one of/],
    [{ mode: 'throttle', times: 0 }, /'times' must be an integer from 1 .* got 0/],
    [{ mode: 'throttle', times: '3' }, /'times' must be an integer .* got "3"/],
    [{ mode: 'throttle', times: null }, /'times' must be an integer .* got null/],
    [{ mode: 'slow', delayMs: -1 }, /'delayMs' must be an integer from 0 to 600000 .* got -1/],
    [{ mode: 'slow', delayMs: 1.5 }, /'delayMs' must be an integer .* got 1.5/],
    [{ mode: 'ok', time: 1 }, /unknown field 'time'; allowed fields: 'mode', 'times', 'delayMs' and 'model'/],
    [{ mode: 'ok', model: '' }, /'model' must be part of a model id .* got ""/],
    [{ mode: 'ok', model: 7 }, /'model' must be part of a model id .* got 7/],
    [[], /must be a JSON object/],
    ['{', /must be JSON/],
  ])('is rejected: %j', async (mode, message) => {
    await setMode(service, { mode: 'server-error' });

    const response = await setMode(service, mode);

    expect(response.status).toBe(400);
    expect((await response.json() as { message: string }).message).toMatch(message);
    expect(await (await fetch(`${service.controlUrl}/mode`)).json()).toEqual({ mode: 'server-error' });
  });
});

describe('recorded calls', () => {
  it('contain model, outcome and time in order, and can be deleted', async () => {
    const before = new Date().toISOString();
    const arn = `arn:aws:bedrock:us-west-2::foundation-model/${CORE}`;
    await setMode(service, { mode: 'throttle', times: 1 });
    await post(service, invokePath(arn), JSON.stringify(BODY));
    await post(service, invokePath(CORE), JSON.stringify(BODY));
    await post(service, invokePath('unknown'), JSON.stringify(BODY));
    const recorded = await calls(service);
    const deleted = await fetch(`${service.controlUrl}/calls`, { method: 'DELETE' });

    expect(recorded).toEqual({
      total: 3,
      calls: [
        { modelId: arn, outcome: 'throttle', at: expect.any(String) },
        { modelId: CORE, outcome: 'ok', at: expect.any(String) },
        { modelId: 'unknown', outcome: 'rejected', at: expect.any(String) },
      ],
      guardrailCalls: [],
      mostAtOnce: 1,
    });
    recorded.calls.forEach(({ at }) => expect(at >= before && at <= new Date().toISOString()).toBe(true));
    expect(deleted.status).toBe(204);
    expect(await calls(service)).toEqual({ total: 0, calls: [], guardrailCalls: [], mostAtOnce: 0 });
  });

  it('contain the maximum number of concurrent calls', async () => {
    await setMode(service, { mode: 'ok', delayMs: 200 });
    await Promise.all([1, 2, 3].map(() => post(service, invokePath(CORE), JSON.stringify(BODY))));
    expect((await calls(service)).mostAtOnce).toBe(3);
  });

  it('contain each retry of a client', async () => {
    await setMode(service, { mode: 'server-error' });

    await expect(http1Client(service, { maxAttempts: 3 }).send(new InvokeModelCommand({ modelId: CORE, body: JSON.stringify(BODY) })))
      .rejects.toThrow(InternalServerException);

    expect((await calls(service)).total).toBe(3);
  });
});

it('returns 404 for other paths', async () => {
  const control = await fetch(`${service.controlUrl}/nothing`);
  const model = await fetch(`${service.url}/model/${CORE}/invoke-with-response-stream`, {
    method: 'POST', body: '{}', headers: { authorization: authorization() },
  });

  expect(control.status).toBe(404);
  expect(await control.json()).toEqual({ message: expect.stringContaining('GET and PUT /_control/mode') });
  expect([model.status, model.headers.get('x-amzn-errortype')]).toEqual([404, 'UnknownOperationException']);
});
