import { MODELS } from '../../../src/private/contract/models';
import { GENERATE_REQUEST_SCHEMA } from '../../../src/private/contract/requests';
import { imageFile } from '../../fixtures/images';
import { ENDPOINT_FACTS, MODEL_FACTS } from '../../fixtures/model-facts';
import { validCases, type Facts, parametersOf, invalidCases, VALID_VALUES } from '../../fixtures/parameter-cases';
import { generatedCases } from '../../helpers/mutation-runs';
import { CONFIGURATION, World } from '../../helpers/world';

const PROVISIONED = 'arn:aws:bedrock:us-east-1:123456789012:provisioned-model/abcdefghijkl';
const TITAN = 'amazon.titan-image-generator-v2:0';
const models = [
  ...MODELS.map(({ id, regions }) => ({ id, region: regions[0] ?? 'us-east-1', ...(id === TITAN && { call: PROVISIONED }) })),
  { id: 'my-endpoint', region: 'eu-west-1', family: 'sagemaker-stable-diffusion', service: 'sagemaker' as const },
  { id: 'acme.painter-v1:0', region: 'eu-west-1', family: 'stability-v2' },
];
const ALL: readonly (readonly [string, Facts])[] = [
  ...Object.entries(MODEL_FACTS),
  ['my-endpoint', ENDPOINT_FACTS],
  ['acme.painter-v1:0', MODEL_FACTS['stability.stable-image-core-v1:1']],
];

let world: World;
beforeEach(() => { world = new World({ ...CONFIGURATION, models }); });

/** Sends a valid request with one other field. `strength` requires `image`. */
const post = (model: string, field: string, value: unknown) => world.call('POST /images', {
  body: { prompt: 'x', model, ...field === 'strength' && { image: imageFile(64, 64).toString('base64') }, [field]: value },
});

it('tests cover each model of the catalog and each of its parameters', () => {
  expect(Object.keys(MODEL_FACTS).sort()).toEqual(MODELS.map(({ id }) => id).sort());
  for (const { id, parameters } of MODELS) expect([id, parametersOf(MODEL_FACTS[id])]).toEqual([id, Object.keys(parameters).sort()]);
});

describe.each(generatedCases(ALL))('the model %s', (id, facts) => {
  it.each(validCases(facts))('accepts $name', async ({ field, value }) => {
    const { status } = await post(id, field, value);
    expect(status).toBe(201);
    expect(world.models.calls).toHaveLength(1);
    // seed 0 is a random seed
    const { [field]: sent } = world.models.calls[0] as unknown as Record<string, unknown>;
    if (field === 'seed' && value === 0) expect(sent).toBeGreaterThan(0);
    else expect(sent).toEqual(value);
  });

  it.each(invalidCases(facts))('returns 400 for $name without a model call', async ({ field, value, details }) => {
    const { status, json } = await post(id, field, value);
    expect(status).toBe(400);
    expect(json.errors.map(({ pointer }) => pointer)).toEqual([`/${field}`]);
    for (const part of [...details, id]) expect(json.errors[0].detail).toContain(part);
    expect(world.models.calls).toHaveLength(0);
  });

  const parameters = Object.keys(GENERATE_REQUEST_SCHEMA.properties).filter((field) => field in VALID_VALUES);
  const unsupported = parameters.filter((field) => !parametersOf(facts).includes(field));
  if (unsupported.length > 0) {
    it.each(unsupported)('returns 400 for %s, which it does not support', async (field) => {
      for (const value of [VALID_VALUES[field], {}]) {
        const { status, json } = await post(id, field, value);
        expect(status).toBe(400);
        expect(json.errors).toEqual(expect.arrayContaining([{ pointer: `/${field}`, detail: `is not supported by ${id}` }]));
      }
      expect(world.models.calls).toHaveLength(0);
    });
  }
});

it.each([
  ['titan-image-generator-v1', { id: 'amazon.titan-image-generator-v1', invokedId: 'amazon.titan-image-generator-v1', region: 'us-east-1', service: 'bedrock' }],
  [TITAN, { id: TITAN, invokedId: PROVISIONED, family: 'amazon-image', region: 'us-east-1', service: 'bedrock' }],
  ['my-endpoint', { id: 'my-endpoint', invokedId: 'my-endpoint', family: 'sagemaker-stable-diffusion', region: 'eu-west-1', service: 'sagemaker' }],
])('%s is called with the configured model', async (model, expected) => {
  const { json } = await world.call('POST /images', { body: { prompt: 'x', model } });
  expect(world.models.calledModels).toEqual([expect.objectContaining(expected)]);
  expect(json.model).toBe(expected.id);
});
