import { PNG } from 'pngjs';
import { imageFile as createImage, imageFileWithHole } from '../fixtures/images';
import { Client } from '../helpers/e2e/client';
import { FaultyProxy } from '../helpers/e2e/faulty-proxy';
import { liteLlm, openAiForNode, openAiForPython, type Sdk, type SdkResponse, type SdkRequest } from '../helpers/e2e/sdks';
import { smokeTest } from '../helpers/smoke';

const SDKS: Readonly<Record<string, () => Promise<Sdk>>> = {
  'OpenAI SDK for Node.js': openAiForNode, 'OpenAI SDK for Python': openAiForPython, 'LiteLLM': liteLlm,
};
let client: Client;
let proxy: FaultyProxy;
const sdks: Record<string, Sdk> = {};
beforeAll(async () => {
  client = await Client.start({ app: 'examples/openai' });
  proxy = await FaultyProxy.start(`${client.app.outputs.baseUrl}/v1`);
  for (const [name, start] of Object.entries(SDKS)) sdks[name] = await start();
}, 900_000);
afterAll(async () => {
  for (const sdk of Object.values(sdks)) sdk.close();
  proxy?.close();
  await client?.app.close();
});
beforeEach(() => client.resetModel('ok'));

it('passes the smoke test for a first deployment', async () => {
  const { report, results } = await smokeTest(['--url', client.app.outputs.baseUrl, '--key', client.alice, '--openai', '--edits']);
  // the local run has no queue here
  expect(results).toEqual(Object.fromEntries(Object.keys(results).map((title) => [title, title === 'A job completes' ? 'skipped' : 'pass'])));
  expect(report).toContain('11 passed, 0 failed, 1 skipped');
});

const decodedImage = ({ data = [] }: SdkResponse) => PNG.sync.read(Buffer.from(data[0].b64_json ?? '', 'base64'));

interface Exceptions {
  readonly authentication: string;
  readonly badRequest: string;
  readonly filtered: string;
  readonly server: string;
}
const OPENAI: Exceptions = {
  authentication: 'AuthenticationError', badRequest: 'BadRequestError', filtered: 'BadRequestError', server: 'InternalServerError',
};
const LITELLM: Exceptions = { ...OPENAI, filtered: 'ContentPolicyViolationError' };

/** Sends a request with an SDK that has only the base URL and the API key configured. */
const callWith = (name: string, action: SdkRequest['action'], params: object = {}, more: Partial<SdkRequest> = {}) =>
  sdks[name].call({ action, baseUrl: proxy.url, apiKey: client.alice, params, ...more });

// All SDKs run concurrently, because each waits for the Retry-After time before its two retries.
it('every SDK reports throttling as RateLimitError', async () => {
  await client.resetModel('throttle');
  const responses = await Promise.all(Object.keys(SDKS).map((name) => callWith(name, 'generate', { prompt: 'a lighthouse' })));
  expect(responses).toEqual(Object.keys(SDKS).map(() => expect.objectContaining({ error: 'RateLimitError', status: 429 })));
});

describe.each(Object.keys(SDKS))('%s', (name) => {
  const exceptions = name === 'LiteLLM' ? LITELLM : OPENAI;
  // LiteLLM does not retry edits and does not use the OpenAI SDK for them.
  const retriesEdits = name !== 'LiteLLM';
  const call = (action: SdkRequest['action'], params: object = {}, more: Partial<SdkRequest> = {}) => callWith(name, action, params, more);
  const generate = (params: object = {}, more: Partial<SdkRequest> = {}) => call('generate', { prompt: 'a lighthouse', ...params }, more);

  it('generates an image', async () => {
    const response = await generate({ model: name === 'LiteLLM' ? 'openai/gpt-image-1' : 'gpt-image-1', size: '1024x1536', quality: 'low' });
    const { width, height } = decodedImage(response);
    expect(width).toBeLessThan(height);
    expect(await client.modelCallCount()).toBe(1);
  });

  it('generates several images', async () => {
    expect((await generate({ n: 2 })).data).toHaveLength(2);
    expect(await client.modelCallCount()).toBe(2);
  });

  it('edits an image with a mask', async () => {
    const files = { image: createImage(256, 256).toString('base64'), mask: imageFileWithHole(256, 256, 100).toString('base64') };
    const { width } = decodedImage(await call('edit', { prompt: 'a red boat' }, { files }));
    expect(width).toBe(256);
  });

  it('reports a wrong API key as an authentication error', async () => {
    expect(await generate({}, { apiKey: 'wrong' })).toMatchObject({ error: exceptions.authentication, status: 401 });
    expect(await client.modelCallCount()).toBe(0);
  });

  it('reports a validation error with its detail', async () => {
    const { error, status, message } = await generate({ n: 9 });
    expect([error, status]).toEqual([exceptions.badRequest, 400]);
    expect(message).toContain('n must be an integer from 1 to 4, got 9');
  });

  it('reports a filtered prompt', async () => {
    await client.resetModel('filter-prompt');
    expect(await generate()).toMatchObject({ error: exceptions.filtered, status: 400 });
    expect(await client.modelCallCount()).toBe(1);
  });

  it('does not retry a request that may have been charged', async () => {
    await client.resetModel('malformed');
    expect((await generate()).error).toMatch(new RegExp(`^(${exceptions.server}|APIError|BadGatewayError)$`));
    expect(await client.modelCallCount()).toBe(1);
  });

  it.each(['drop', 'error'] as const)('receives the charged image with its retry after a lost response: %s', async (fault) => {
    const before = (await client.call('GET /images?limit=100', { key: client.alice })).json.images.length;
    proxy.next = fault;
    expect(decodedImage(await generate({ prompt: `a lighthouse, ${name} ${fault}` })).width).toBeGreaterThan(0);
    expect(await client.modelCallCount()).toBe(1);
    expect((await client.call('GET /images?limit=100', { key: client.alice })).json.images.length).toBe(before + 1);
  });

  it(`${retriesEdits ? 'receives the charged edit with its retry' : 'lists the charged edit'} after a lost response`, async () => {
    proxy.next = 'drop';
    const files = { image: createImage(256, 256).toString('base64'), mask: imageFileWithHole(256, 256, 100).toString('base64') };
    const prompt = `a red boat, ${name}`;
    const response = await call('edit', { prompt }, { files });
    if (retriesEdits) expect(decodedImage(response).width).toBe(256);
    expect(await client.modelCallCount()).toBe(1);
    expect((await client.call('GET /images', { key: client.alice })).json.images[0]).toMatchObject({ prompt, status: 'succeeded' });
  });

  if (name !== 'LiteLLM') {
    it('lists models', async () => {
      expect((await call('models')).ids).toEqual(['stability.stable-image-core-v1:1', 'stability.sd3-5-large-v1:0', 'stability.stable-image-ultra-v1:1']);
    });

    it('streams the completed event', async () => {
      const { events = [] } = await call('stream', { prompt: 'a lighthouse', model: 'gpt-image-1' });
      expect(events.map(({ type }) => type)).toEqual(['image_generation.completed']);
      expect(PNG.sync.read(Buffer.from(events[0].b64_json, 'base64')).width).toBeGreaterThan(0);
    });
  }
});

describe('an API key as bearer token', () => {
  const bearer = (key: string) => ({ Authorization: `Bearer ${key}` });

  it('identifies the same owner as x-api-key', async () => {
    const { id } = (await client.call('POST /v1/images/generations', { headers: bearer(client.bob), body: { prompt: 'x' } })).json;
    expect((await client.call(`GET /images/${id}`, { key: client.bob })).status).toBe(200);
    expect((await client.call(`GET /images/${id}`, { key: client.alice })).status).toBe(404);
  });

  it('does not return the image of another owner, neither by id nor for an identical retry', async () => {
    const body = { prompt: 'mine', response_format: 'url' };
    const retry = (key: string) => client.call('POST /v1/images/generations', { headers: { ...bearer(key), 'x-stainless-retry-count': '1' }, body });
    const own = await client.call('POST /v1/images/generations', { headers: { ...bearer(client.alice), 'x-stainless-retry-count': '0' }, body });
    const [retried, other] = [await retry(client.alice), await retry(client.bob)];
    expect([retried.json.id === own.json.id, other.json.id === own.json.id, await client.modelCallCount()]).toEqual([true, false, 2]);
    const edit = (key: string) => client.call('POST /v1/images/edits', { headers: bearer(key), body: { prompt: 'x', image: own.json.id } });
    expect([(await edit(client.bob)).status, (await edit(client.alice)).status]).toEqual([404, 200]);
    expect((await client.call('GET /images', { key: client.bob })).json.images.map(({ id }) => id)).not.toContain(own.json.id);
  });

  it.each<[string, string, object]>([
    ['POST', '/v1/images/generations', {}], ['POST', '/v1/images/generations', bearer('wrong')], ['GET', '/v1/models', { Authorization: 'Basic x' }],
    ['GET', '/images', bearer('alice')],
  ])('returns 401 without a valid API key: %s %s %j', async (method, path, headers) => {
    const own = 'Authorization' in headers && headers.Authorization === 'Bearer alice' ? bearer(client.alice) : headers as Record<string, string>;
    const response = await client.call(`${method} ${path}`, { headers: own, ...(method === 'POST' && { body: { prompt: 'x' } }) });
    expect([response.status, response.json.code, response.headers.get('access-control-allow-origin')]).toEqual([401, 'UNAUTHENTICATED', 'http://localhost:5173']);
    expect((response.json.error as { message: string }).message).toContain('Incorrect API key provided');
  });
});
