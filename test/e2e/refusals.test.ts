import { EDIT_FACTS } from '../fixtures/edit-facts';
import { MODEL_FACTS } from '../fixtures/model-facts';
import { TEXT_FACTS } from '../fixtures/text-facts';
import { Client } from '../helpers/e2e/client';
import { drawing, editing, limitedTo, writing } from '../helpers/e2e/offers';
import { testRefusals } from '../helpers/e2e/refusal-tests';

/** By the policy of the app. */
const MAX_CHARS = 2_000;

const MODELS = ['stability.stable-image-core-v1:1', 'stability.stable-image-ultra-v1:1', 'stability.sd3-5-large-v1:0'];
const OFFERS = [
  ...MODELS.map((id) => drawing(id, limitedTo(MAX_CHARS, MODEL_FACTS[id]))),
  ...Object.entries(EDIT_FACTS).map(([operation, facts]) => editing(operation, limitedTo(MAX_CHARS, facts))),
  writing('amazon.nova-2-lite-v1:0', limitedTo(MAX_CHARS, TEXT_FACTS)),
];

describe('examples/models refuses free of charge what its models do not take', () => {
  let client: Client;
  beforeAll(async () => { client = await Client.start({ app: 'examples/models' }); }, 600_000);
  afterAll(() => client?.app.close());

  testRefusals(() => client, OFFERS);

  it.each([
    ['/images', 'model', { prompt: 'a boat' }], ['/images/edits', 'operation', { image: 'QUJD' }],
  ])('%s tells what there is where the %s is another', async (path, field, body) => {
    await client.model('ok');
    const names = path === '/images' ? MODELS : Object.keys(EDIT_FACTS);
    for (const value of ['bogus', '', 7]) {
      const { status, json } = await client.call(`POST ${path}`, { key: client.alice, body: { ...body, [field]: value } });
      expect([status, json.errors.map(({ pointer }) => pointer)]).toEqual([400, expect.arrayContaining([`/${field}`])]);
      if (value === 'bogus') for (const name of names) expect(json.detail).toContain(name);
    }
    expect(await client.modelCalls()).toBe(0);
  });
});
