import type { Template } from '../../local/template/template';
import { ENDPOINT_FACTS, MODEL_FACTS } from '../fixtures/model-facts';
import { SIZE_CASES } from '../fixtures/size-cases';
import { TEXT_FACTS } from '../fixtures/text-facts';
import { Client } from '../helpers/e2e/client';
import { drawing, writing } from '../helpers/e2e/offers';
import { testRefusals } from '../helpers/e2e/refusal-tests';

const SDXL = [MODEL_FACTS['stability.stable-diffusion-xl-v1'], SIZE_CASES['stable-diffusion-xl']] as const;
/** As the app names them: by the model where that is known, else by the endpoint. */
const OFFERS = [
  drawing('stability.stable-image-core-v1:1', MODEL_FACTS['stability.stable-image-core-v1:1']),
  drawing('amazon.nova-2-omni-v1:0', MODEL_FACTS['amazon.nova-2-omni-v1:0']),
  drawing('amazon.nova-canvas-v1:0', MODEL_FACTS['amazon.nova-canvas-v1:0'], SIZE_CASES['nova-canvas']),
  drawing('amazon.titan-image-generator-v2:0', MODEL_FACTS['amazon.titan-image-generator-v2:0'], SIZE_CASES['titan-image-generator-v2']),
  drawing('stability.stable-diffusion-xl-v1', ...SDXL),
  drawing('stable-diffusion', ENDPOINT_FACTS, SIZE_CASES.endpoint),
  drawing('sdxl', ...SDXL),
  writing('amazon.nova-lite-v1:0', { ...TEXT_FACTS, wholes: { maxTokens: [1, 5_000] } }),
];

/** More requests come here in a second than the default lets through. */
function withoutThrottling(template: Template): Template {
  return JSON.parse(JSON.stringify(template, (name, value: unknown) => (name.startsWith('Throttling') ? 1_000 : value))) as Template;
}

describe('examples/models/other-ways on the emulator, with IAM policies evaluated', () => {
  let client: Client;
  beforeAll(async () => {
    client = await Client.start({ app: 'examples/models/other-ways', auth: true, transformTemplate: withoutThrottling });
  }, 600_000);
  afterAll(() => client?.app.close());
  beforeEach(() => client.model('ok'));

  const post = (path: string, body: object) => client.call(`POST ${path}`, { key: client.alice, body });

  it('draws with a conversation, a provisioned model and an endpoint', async () => {
    const { models } = (await client.call('GET /models', { key: client.alice })).json as unknown as { models: { id: string }[] };
    const others = models.map(({ id }) => id).slice(1);
    expect(others).toHaveLength(6);
    for (const model of others) {
      const answer = await post('/images', { prompt: 'a lighthouse', model, count: 2 });
      expect([model, answer.status, answer.json.images?.length]).toEqual([model, 201, 2]);
      expect((await fetch(answer.json.images[1].url)).status).toBe(200);
    }
  });

  it('writes text with Nova Lite', async () => {
    const { status, json } = await post('/text', { prompt: 'Name a lighthouse.' });
    expect([status, json.model]).toEqual([200, 'amazon.nova-lite-v1:0']);
  });

  it.each([['guardrail-input', 'prompt', 0], ['guardrail-output', 'output image', 1]])('tells which side the guardrail filtered: %s', async (mode, side, calls) => {
    await client.model(mode);
    const { status, json } = await post('/images', { prompt: 'a lighthouse' });
    expect([status, json.code, json.detail]).toEqual([422, 'CONTENT_FILTERED', expect.stringContaining(`the guardrail filtered the ${side}`)]);
    expect(await client.modelCalls()).toBe(calls);
  });

  it('keeps only the hash of a prompt', async () => {
    const { json } = await post('/images', { prompt: 'a lighthouse' });
    const later = await client.call(`GET /images/${json.id}`, { key: client.alice });
    expect([json.prompt, later.json.prompt]).toEqual(['a lighthouse', expect.stringMatching(/^sha256:[0-9a-f]{64}$/)]);
  });

  describe('refuses free of charge what its models do not take', () => testRefusals(() => client, OFFERS));
});
