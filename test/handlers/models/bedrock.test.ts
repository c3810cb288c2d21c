import * as net from 'node:net';
import { startModelService } from '../../../local/model-service/server';
import type { GenerationInput, GeneratedImage, Model } from '../../../src/handlers/generation/ports';
import { readImageFile } from '../../../src/handlers/images/image-file';
import { Bedrock } from '../../../src/handlers/models/bedrock';
import { RemoteImageModels } from '../../../src/handlers/models/remote-image-models';
import { SageMaker } from '../../../src/handlers/models/sagemaker';
import { ApiError } from '../../../src/handlers/shared/api-error';

const CORE_ID = 'stability.stable-image-core-v1:1';
const CORE: Model = { id: CORE_ID, invokedId: CORE_ID, region: 'us-west-2', family: 'stability-v2', service: 'bedrock' };
const INPUT: GenerationInput = { prompt: 'a lighthouse', aspectRatio: '16:9', seed: 7, count: 1, outputFormat: 'png' };
const clock = { now: () => Date.now(), sleep: async () => undefined };
const inMilliseconds = (milliseconds: number) => Date.now() + milliseconds;

let service: Awaited<ReturnType<typeof startModelService>>;
beforeAll(async () => {
  service = await startModelService();
  Object.assign(process.env, { AWS_ENDPOINT_URL_BEDROCK_RUNTIME: service.url, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
});
afterAll(() => service.close());

const setMode = (mode: string, options: object = {}) =>
  fetch(`${service.controlUrl}/mode`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ mode, ...options }) });
const callCount = async () => (await (await fetch(`${service.controlUrl}/calls`)).json() as { total: number }).total;
beforeEach(async () => {
  await setMode('ok');
  await fetch(`${service.controlUrl}/calls`, { method: 'DELETE' });
});

const remote = () => new RemoteImageModels(new Bedrock(clock), new SageMaker(clock));

/** Generates one image. */
async function generateOne(models: RemoteImageModels, model: Model, input: GenerationInput): Promise<GeneratedImage> {
  const [image] = await models.generate(model, input, inMilliseconds(10_000));
  if (image instanceof ApiError) throw image;
  return image;
}

describe('RemoteImageModels, with the model service', () => {
  const models = remote();

  it.each(['png', 'jpeg'])('returns a %s with the size that its file has', async (outputFormat) => {
    const image = await generateOne(models, CORE, { ...INPUT, outputFormat });
    expect(image).toMatchObject({ seed: 7, contentType: `image/${outputFormat}` });
    expect(readImageFile(image.bytes)).toMatchObject({ width: image.width, height: image.height });
    expect(image.width / image.height).toBeCloseTo(16 / 9, 0);
  });

  it.each([
    ['throttle', 'THROTTLED', true],
    ['filter-prompt', 'CONTENT_FILTERED', false],
    ['filter-output', 'CONTENT_FILTERED', false],
    ['end-of-life', 'MODEL_UNAVAILABLE', false],
    ['access-denied', 'MODEL_UNAVAILABLE', false],
    ['server-error', 'MODEL_BUSY', true],
    ['malformed', 'MODEL_ERROR', false],
    ['truncated', 'MODEL_ERROR', false],
    ['reset', 'MODEL_ERROR', false],
  ])('throws for %s an error with code %s after exactly one call', async (mode, code, repeatable) => {
    await setMode(mode);
    await expect(models.generate(CORE, INPUT, inMilliseconds(10_000))).rejects.toMatchObject({ code, repeatable });
    expect(await callCount()).toBe(1);
  });

  it('aborts the call at the deadline', async () => {
    await setMode('slow', { delayMs: 9_000 });
    const start = Date.now();
    await expect(models.generate(CORE, INPUT, inMilliseconds(4_300))).rejects.toMatchObject({ code: 'MODEL_TIMEOUT', repeatable: false });
    expect(Date.now() - start).toBeLessThan(7_000);
  });

  it.each([-1, 3_900])('does not call the model with %i ms left, because a call that is aborted may be charged', async (left) => {
    await expect(models.generate(CORE, INPUT, inMilliseconds(left))).rejects.toMatchObject({ code: 'MODEL_TIMEOUT' });
    expect(await callCount()).toBe(0);
  });

  it('throws MODEL_UNAVAILABLE for an ended model and for a Region without the model', async () => {
    for (const model of [{ ...CORE, invokedId: 'stability.stable-image-core-v1:0' }, { ...CORE, region: 'eu-west-1' }]) {
      await expect(models.generate(model, INPUT, inMilliseconds(10_000))).rejects.toMatchObject({ code: 'MODEL_UNAVAILABLE' });
    }
  });

  it('throws INVALID_REQUEST for a parameter that the model rejects', async () => {
    await expect(models.generate(CORE, { ...INPUT, aspectRatio: '7:3' }, inMilliseconds(10_000))).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  });

  it('allows to retry a call that did not reach the service', async () => {
    const server = net.createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as net.AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    process.env.AWS_ENDPOINT_URL_BEDROCK_RUNTIME = `http://127.0.0.1:${port}`;
    await expect(remote().generate(CORE, INPUT, inMilliseconds(10_000))).rejects.toMatchObject({ code: 'MODEL_BUSY', repeatable: true });
    process.env.AWS_ENDPOINT_URL_BEDROCK_RUNTIME = service.url;
  });
});
