import { ACTIVE_MODELS } from '../fixtures/active-models';
import { EDIT_FACTS } from '../fixtures/edit-facts';
import { MODEL_FACTS } from '../fixtures/model-facts';
import { TEXT_FACTS } from '../fixtures/text-facts';
import { Client } from '../helpers/e2e/client';
import { editOperation, imageOperation, limitedTo, textOperation } from '../helpers/e2e/model-operations';
import { testParameterValidation } from '../helpers/e2e/validation-tests';

/** The limit of the prompt policy in the app. */
const MAX_CHARS = 2_000;

const MODELS = ACTIVE_MODELS.map(({ id }) => id);
const OPERATIONS = [
  ...MODELS.map((id) => imageOperation(id, limitedTo(MAX_CHARS, MODEL_FACTS[id]))),
  ...Object.entries(EDIT_FACTS).map(([operation, facts]) => editOperation(operation, limitedTo(MAX_CHARS, facts))),
  textOperation('amazon.nova-2-lite-v1:0', limitedTo(MAX_CHARS, TEXT_FACTS)),
];

describe('parameter validation of examples/models on the emulator', () => {
  let client: Client;
  beforeAll(async () => { client = await Client.start({ app: 'examples/models' }); }, 600_000);
  afterAll(() => client?.app.close());

  testParameterValidation(() => client, OPERATIONS);

  it.each([
    ['/images', 'model', { prompt: 'a boat' }], ['/images/edits', 'operation', { image: 'QUJD' }],
  ])('%s lists the available values for an unknown %s', async (path, field, body) => {
    await client.resetModel('ok');
    const names = path === '/images' ? MODELS : Object.keys(EDIT_FACTS);
    for (const value of ['bogus', '', 7]) {
      const { status, json } = await client.call(`POST ${path}`, { key: client.alice, body: { ...body, [field]: value } });
      expect([status, json.errors.map(({ pointer }) => pointer)]).toEqual([400, expect.arrayContaining([`/${field}`])]);
      if (value === 'bogus') for (const name of names) expect(json.detail).toContain(name);
    }
    expect(await client.modelCallCount()).toBe(0);
  });
});
