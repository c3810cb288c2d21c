import { EDIT_MODELS } from '../../../src/private/contract/models';
import { EDIT_REQUEST_SCHEMA } from '../../../src/private/contract/requests';
import { EDIT_FACTS } from '../../fixtures/edit-facts';
import { imageFile } from '../../fixtures/images';
import { validCases, parametersOf, invalidCases, VALID_VALUES } from '../../fixtures/parameter-cases';
import { generatedCases } from '../../helpers/mutation-runs';
import { CONFIGURATION, World } from '../../helpers/world';

const OPERATIONS = Object.keys(EDIT_FACTS);
const image = imageFile(64, 64).toString('base64');
let world: World;
beforeEach(() => { world = new World({ ...CONFIGURATION, edits: { region: 'us-east-1', operations: OPERATIONS } }); });

/** Returns the minimal valid body, without `field` for an outpaint. */
function minimalBody(operation: string, field = ''): Record<string, unknown> {
  const outpaint = { [field === 'down' ? 'left' : 'down']: 10 };
  const required = EDIT_FACTS[operation].required.map((name) => [name, name === 'styleImage' ? image : 'x']);
  return { operation, image, ...Object.fromEntries(required), ...operation === 'outpaint' && outpaint };
}

const post = (operation: string, fields: Record<string, unknown>, field?: string) =>
  world.call('POST /images/edits', { body: { ...minimalBody(operation, field), ...fields } });

it('tests cover each edit of the catalog and each of its parameters', () => {
  const documented = Object.entries(EDIT_FACTS).map(([operation, { id }]) => `${operation}: ${id}`);
  expect(EDIT_MODELS.map(({ operation, id }) => `${operation}: ${id}`).sort()).toEqual(documented.sort());
  for (const { operation, parameters } of EDIT_MODELS) {
    expect([operation, ...[...parametersOf(EDIT_FACTS[operation]), 'image'].sort()]).toEqual([operation, ...Object.keys(parameters).sort()]);
  }
});

describe.each(generatedCases(OPERATIONS))('the edit %s', (operation) => {
  const { id, required, ...facts } = EDIT_FACTS[operation];

  it('calls its inference profile once, with the file and the parameters', async () => {
    expect(await post(operation, {})).toMatchObject({ status: 201, json: { operation, model: id } });
    expect(world.models.calledModels).toEqual([{ id, invokedId: `us.${id}`, region: 'us-east-1', family: 'stability-services', service: 'bedrock', priceUsd: expect.any(Number) }]);
    expect(world.models.calls).toHaveLength(1);
    expect(world.models.calls[0]).toMatchObject({ image: imageFile(64, 64), count: 1, outputFormat: 'png' });
    // a service without seeds rejects a seed
    expect(world.models.calls[0].seed).toEqual(facts.integers && 'seed' in facts.integers ? expect.any(Number) : undefined);
  });

  it.each(validCases(facts))('accepts $name', async ({ field, value }) => {
    expect((await post(operation, { [field]: value }, field)).status).toBe(201);
    const { [field]: sent } = world.models.calls[0] as unknown as Record<string, unknown>;
    if (field === 'seed' && value === 0) expect(sent).toBeGreaterThan(0);
    else expect(sent).toEqual(value);
  });

  it.each(invalidCases(facts))('returns 400 for $name without a model call', async ({ field, value, details }) => {
    const { status, json } = await post(operation, { [field]: value }, field);
    expect(status).toBe(400);
    expect(json.errors.map(({ pointer }) => pointer)).toEqual([`/${field}`]);
    for (const part of [...details, id]) expect(json.errors[0].detail).toContain(part);
    expect(world.models.calls).toHaveLength(0);
  });

  it.each([...required, 'image'])('returns 400 without %s', async (field) => {
    const { status, json } = await post(operation, { [field]: undefined });
    expect(status).toBe(400);
    expect(json.errors).toEqual([{ pointer: `/${field}`, detail: expect.stringContaining(`is required by ${id}`) }]);
    expect(world.models.calls).toHaveLength(0);
  });

  const values: Readonly<Record<string, unknown>> = { ...VALID_VALUES, mask: image, styleImage: image };
  const unsupported = Object.keys(EDIT_REQUEST_SCHEMA.properties).filter((field) => field in values && !parametersOf(facts).includes(field));
  it.each(unsupported)('returns 400 for %s, which it does not support', async (field) => {
    for (const value of [values[field], {}]) {
      const { status, json } = await post(operation, { [field]: value });
      expect(status).toBe(400);
      expect(json.errors).toEqual([{ pointer: `/${field}`, detail: `is not supported by ${id}` }]);
    }
    expect(world.models.calls).toHaveLength(0);
  });
});

describe('outpaint', () => {
  it.each([{}, { left: 0, right: 0, up: 0, down: 0 }, { left: 0 }])('returns 400 when the sides %j do not extend the image', async (sides) => {
    const { status, json } = await world.call('POST /images/edits', { body: { operation: 'outpaint', image, ...sides } });
    expect(status).toBe(400);
    expect(json.errors).toEqual([{ pointer: '/left', detail: 'at least one of left, right, up, down must be greater than 0' }]);
    expect(world.models.calls).toHaveLength(0);
  });
});

describe('the field operation', () => {
  it.each([['unknown', 'variation'], ['not configured', 'outpaint'], ['absent', undefined], ['not a string', 7], ['an inherited property', 'constructor']])(
    'returns 400 with the configured edits when it is %s', async (_case, operation) => {
      world = new World({ ...CONFIGURATION, edits: { region: 'us-east-1', operations: ['erase', 'inpaint'] } });
      const { status, json } = await world.call('POST /images/edits', { body: { operation, image } });
      expect(status).toBe(400);
      expect(json.errors).toEqual([{ pointer: '/operation', detail: 'must be one of inpaint, erase' }]);
      expect(world.models.calls).toHaveLength(0);
    });
});
