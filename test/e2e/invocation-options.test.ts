import type { Template } from '../../local/template/template';
import { ENDPOINT_FACTS, MODEL_FACTS } from '../fixtures/model-facts';
import { SIZE_CASES } from '../fixtures/size-cases';
import { TEXT_FACTS } from '../fixtures/text-facts';
import { Client } from '../helpers/e2e/client';
import { imageOperation, limitedTo, textOperation } from '../helpers/e2e/model-operations';
import { testParameterValidation } from '../helpers/e2e/validation-tests';

const SDXL = [MODEL_FACTS['stability.stable-diffusion-xl-v1'], SIZE_CASES['stable-diffusion-xl']] as const;
/** Maximum number of characters that the guardrail of the app checks. */
const GUARDED_LENGTH = 25_000;
/** The ids of the models in the app: the model id if it is known, otherwise the endpoint name. */
const OPERATIONS = [
  imageOperation('stability.stable-image-core-v1:1', MODEL_FACTS['stability.stable-image-core-v1:1']),
  imageOperation('amazon.nova-2-omni-v1:0', MODEL_FACTS['amazon.nova-2-omni-v1:0']),
  imageOperation('amazon.nova-canvas-v1:0', MODEL_FACTS['amazon.nova-canvas-v1:0'], SIZE_CASES['nova-canvas']),
  imageOperation('amazon.titan-image-generator-v2:0', MODEL_FACTS['amazon.titan-image-generator-v2:0'], SIZE_CASES['titan-image-generator-v2']),
  imageOperation('stability.stable-diffusion-xl-v1', ...SDXL),
  imageOperation('stable-diffusion', ENDPOINT_FACTS, SIZE_CASES.endpoint),
  imageOperation('sdxl', ...SDXL),
  textOperation('amazon.nova-lite-v1:0', limitedTo(GUARDED_LENGTH, { ...TEXT_FACTS, integers: { maxTokens: [1, 4_096] } }), GUARDED_LENGTH),
];

/** Raises the request limits, because the tests send more requests per second than the default allows. */
function withoutThrottling(template: Template): Template {
  return JSON.parse(JSON.stringify(template, (name, value: unknown) => (name.startsWith('Throttling') ? 1_000 : value))) as Template;
}

describe('examples/models/invocation-options on the emulator, with IAM policies evaluated', () => {
  let client: Client;
  beforeAll(async () => {
    client = await Client.start({ app: 'examples/models/invocation-options', auth: true, transformTemplate: withoutThrottling });
  }, 600_000);
  afterAll(() => client?.app.close());
  beforeEach(() => client.resetModel('ok'));

  const post = (path: string, body: object) => client.call(`POST ${path}`, { key: client.alice, body });

  it('generates images with an inference profile, Provisioned Throughput and SageMaker endpoints', async () => {
    const { models } = (await client.call('GET /models', { key: client.alice })).json as unknown as { models: { id: string }[] };
    const others = models.map(({ id }) => id).slice(1);
    expect(others).toHaveLength(6);
    for (const model of others) {
      const response = await post('/images', { prompt: 'a lighthouse', model, count: 2 });
      expect([model, response.status, response.json.images?.length]).toEqual([model, 201, 2]);
      expect((await fetch(response.json.images[1].url)).status).toBe(200);
    }
  });

  it('generates text with Nova Lite', async () => {
    const { status, json } = await post('/text', { prompt: 'Name a lighthouse.' });
    expect([status, json.model]).toEqual([200, 'amazon.nova-lite-v1:0']);
  });

  it.each([
    ['guardrail-input', 'prompt', 0, { charged: 'no', filtered: 'prompt' }], ['guardrail-output', 'output image', 1, { charged: 'yes', filtered: 'output' }],
  ] as const)('reports what the guardrail filtered, and whether it was charged: %s', async (mode, side, calls, facts) => {
    await client.resetModel(mode);
    const { status, json } = await post('/images', { prompt: 'a lighthouse' });
    expect([status, json.code, json.detail]).toEqual([422, 'CONTENT_FILTERED', expect.stringContaining(`the guardrail filtered the ${side}`)]);
    expect(json).toMatchObject(facts);
    expect(await client.modelCallCount()).toBe(calls);
  });

  it('stores only the hashes of a prompt and of a negative prompt', async () => {
    const { json } = await post('/images', { prompt: 'a lighthouse', negativePrompt: 'fog' });
    const stored = await client.call(`GET /images/${json.id}`, { key: client.alice });
    expect([json.prompt, stored.json.prompt]).toEqual(['a lighthouse', expect.stringMatching(/^sha256:[0-9a-f]{64}$/)]);
    expect([json.parameters, stored.json.parameters]).toMatchObject([{ negativePrompt: 'fog' }, { negativePrompt: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) }]);
  });

  describe('parameter validation', () => testParameterValidation(() => client, OPERATIONS));
});
