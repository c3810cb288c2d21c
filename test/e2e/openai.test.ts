import { PNG } from 'pngjs';
import { picture as file, holedPicture } from '../fixtures/images';
import { Client } from '../helpers/e2e/client';
import { FaultyProxy } from '../helpers/e2e/faulty-proxy';
import { liteLlm, openAiForNode, openAiForPython, type Sdk, type SdkAnswer, type SdkRequest } from '../helpers/e2e/sdks';

const STARTS: Readonly<Record<string, () => Promise<Sdk>>> = {
  'OpenAI\'s SDK for Node.js': openAiForNode, 'OpenAI\'s SDK for Python': openAiForPython, 'LiteLLM': liteLlm,
};
let client: Client;
let proxy: FaultyProxy;
const sdks: Record<string, Sdk> = {};
beforeAll(async () => {
  client = await Client.start({ app: 'examples/openai' });
  proxy = await FaultyProxy.start(`${client.app.outputs.baseUrl}/v1`);
  for (const [name, start] of Object.entries(STARTS)) sdks[name] = await start();
}, 900_000);
afterAll(async () => {
  for (const sdk of Object.values(sdks)) sdk.close();
  proxy?.close();
  await client?.app.close();
});
beforeEach(() => client.model('ok'));

const picture = ({ data = [] }: SdkAnswer) => PNG.sync.read(Buffer.from(data[0].b64_json ?? '', 'base64'));

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

/** With base URL and key set, and nothing else. */
const callBy = (name: string, action: SdkRequest['action'], params: object = {}, more: Partial<SdkRequest> = {}) =>
  sdks[name].call({ action, baseUrl: proxy.url, apiKey: client.alice, params, ...more });

// together, as each waits for its two repetitions as long as it is told to
it('all are told of throttling', async () => {
  await client.model('throttle');
  const answers = await Promise.all(Object.keys(STARTS).map((name) => callBy(name, 'generate', { prompt: 'a lighthouse' })));
  expect(answers).toEqual(Object.keys(STARTS).map(() => expect.objectContaining({ error: 'RateLimitError', status: 429 })));
});

describe.each(Object.keys(STARTS))('%s', (name) => {
  const exceptions = name === 'LiteLLM' ? LITELLM : OPENAI;
  // LiteLLM sends edits once, without OpenAI's SDK
  const repeatsEdits = name !== 'LiteLLM';
  const call = (action: SdkRequest['action'], params: object = {}, more: Partial<SdkRequest> = {}) => callBy(name, action, params, more);
  const generate = (params: object = {}, more: Partial<SdkRequest> = {}) => call('generate', { prompt: 'a lighthouse', ...params }, more);

  it('generates', async () => {
    const answer = await generate({ model: name === 'LiteLLM' ? 'openai/gpt-image-1' : 'gpt-image-1', size: '1024x1536', quality: 'low' });
    const { width, height } = picture(answer);
    expect(width).toBeLessThan(height);
    expect(await client.modelCalls()).toBe(1);
  });

  it('generates several', async () => {
    expect((await generate({ n: 2 })).data).toHaveLength(2);
    expect(await client.modelCalls()).toBe(2);
  });

  it('edits by a mask', async () => {
    const files = { image: file(256, 256).toString('base64'), mask: holedPicture(256, 256, 100).toString('base64') };
    const { width } = picture(await call('edit', { prompt: 'a red boat' }, { files }));
    expect(width).toBe(256);
  });

  it('is refused with a wrong key', async () => {
    expect(await generate({}, { apiKey: 'wrong' })).toMatchObject({ error: exceptions.authentication, status: 401 });
    expect(await client.modelCalls()).toBe(0);
  });

  it('is told what is wrong with a request', async () => {
    const { error, status, message } = await generate({ n: 9 });
    expect([error, status]).toEqual([exceptions.badRequest, 400]);
    expect(message).toContain('n must be a whole number from 1 to 4, got 9');
  });

  it('is told that a prompt was filtered', async () => {
    await client.model('filter-prompt');
    expect(await generate()).toMatchObject({ error: exceptions.filtered, status: 400 });
    expect(await client.modelCalls()).toBe(1);
  });

  it('does not repeat what the model may have been paid for', async () => {
    await client.model('server-error');
    expect((await generate()).error).toMatch(new RegExp(`^(${exceptions.server}|APIError|BadGatewayError)$`));
    expect(await client.modelCalls()).toBe(1);
  });

  it.each(['drop', 'error'] as const)('gets the image that is paid for by repeating itself: %s', async (fault) => {
    const before = (await client.call('GET /images?limit=100', { key: client.alice })).json.images.length;
    proxy.next = fault;
    expect(picture(await generate({ prompt: `a lighthouse, ${name} ${fault}` })).width).toBeGreaterThan(0);
    expect(await client.modelCalls()).toBe(1);
    expect((await client.call('GET /images?limit=100', { key: client.alice })).json.images.length).toBe(before + 1);
  });

  it(`${repeatsEdits ? 'gets' : 'has in its list'} the edit that is paid for, though the connection is lost`, async () => {
    proxy.next = 'drop';
    const files = { image: file(256, 256).toString('base64'), mask: holedPicture(256, 256, 100).toString('base64') };
    const prompt = `a red boat, ${name}`;
    const answer = await call('edit', { prompt }, { files });
    if (repeatsEdits) expect(picture(answer).width).toBe(256);
    expect(await client.modelCalls()).toBe(1);
    expect((await client.call('GET /images', { key: client.alice })).json.images[0]).toMatchObject({ prompt, status: 'succeeded' });
  });

  if (name !== 'LiteLLM') {
    it('lists models', async () => {
      expect((await call('models')).ids).toEqual(['stability.stable-image-core-v1:1', 'stability.sd3-5-large-v1:0', 'stability.stable-image-ultra-v1:1']);
    });

    it('streams', async () => {
      const { events = [] } = await call('stream', { prompt: 'a lighthouse', model: 'gpt-image-1' });
      expect(events.map(({ type }) => type)).toEqual(['image_generation.completed']);
      expect(PNG.sync.read(Buffer.from(events[0].b64_json, 'base64')).width).toBeGreaterThan(0);
    });
  }
});

describe('a key as bearer token', () => {
  const bearer = (key: string) => ({ Authorization: `Bearer ${key}` });

  it('names the owner, as it does in x-api-key', async () => {
    const { id } = (await client.call('POST /v1/images/generations', { headers: bearer(client.bob), body: { prompt: 'x' } })).json;
    expect((await client.call(`GET /images/${id}`, { key: client.bob })).status).toBe(200);
    expect((await client.call(`GET /images/${id}`, { key: client.alice })).status).toBe(404);
  });

  it('shows nobody another\'s image: neither by an id, nor by sending the same', async () => {
    const body = { prompt: 'mine', response_format: 'url' };
    const again = (key: string) => client.call('POST /v1/images/generations', { headers: { ...bearer(key), 'x-stainless-retry-count': '1' }, body });
    const own = await client.call('POST /v1/images/generations', { headers: { ...bearer(client.alice), 'x-stainless-retry-count': '0' }, body });
    const [repeated, other] = [await again(client.alice), await again(client.bob)];
    expect([repeated.json.id === own.json.id, other.json.id === own.json.id, await client.modelCalls()]).toEqual([true, false, 2]);
    const edit = (key: string) => client.call('POST /v1/images/edits', { headers: bearer(key), body: { prompt: 'x', image: own.json.id } });
    expect([(await edit(client.bob)).status, (await edit(client.alice)).status]).toEqual([404, 200]);
    expect((await client.call('GET /images', { key: client.bob })).json.images.map(({ id }) => id)).not.toContain(own.json.id);
  });

  it.each<[string, string, object]>([
    ['POST', '/v1/images/generations', {}], ['POST', '/v1/images/generations', bearer('wrong')], ['GET', '/v1/models', { Authorization: 'Basic x' }],
    ['GET', '/images', bearer('alice')],
  ])('is needed, and right: %s %s %j', async (method, path, headers) => {
    const own = 'Authorization' in headers && headers.Authorization === 'Bearer alice' ? bearer(client.alice) : headers as Record<string, string>;
    const answer = await client.call(`${method} ${path}`, { headers: own, ...(method === 'POST' && { body: { prompt: 'x' } }) });
    expect([answer.status, answer.json.code, answer.headers.get('access-control-allow-origin')]).toEqual([401, 'UNAUTHENTICATED', 'http://localhost:5173']);
    expect((answer.json.error as { message: string }).message).toContain('Incorrect API key provided');
  });
});
