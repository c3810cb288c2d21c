import { MODELS } from '../../../src/private/contract/models';
import { GENERATE_REQUEST_SCHEMA } from '../../../src/private/contract/requests';
import { imageFile } from '../../fixtures/images';
import { ENDPOINT_FACTS, MODEL_FACTS } from '../../fixtures/model-facts';
import { acceptedBy, type Facts, parametersOf, refusedBy, SOME } from '../../fixtures/parameter-cases';
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

/** A request that differs from a good one in one field; a strength needs a picture to work on. */
const post = (model: string, field: string, value: unknown) => world.call('POST /images', {
  body: { prompt: 'x', model, ...field === 'strength' && { image: imageFile(64, 64).toString('base64') }, [field]: value },
});

it('covers each model of the catalog and each of its parameters', () => {
  expect(Object.keys(MODEL_FACTS)).toEqual(MODELS.map(({ id }) => id));
  for (const { id, parameters } of MODELS) expect([id, parametersOf(MODEL_FACTS[id])]).toEqual([id, Object.keys(parameters).sort()]);
});

describe.each(ALL)('%s', (id, facts) => {
  it.each(acceptedBy(facts))('takes the $why', async ({ field, value }) => {
    const { status } = await post(id, field, value);
    expect(status).toBe(201);
    expect(world.models.calls).toHaveLength(1);
    // seed 0 is any seed
    const { [field]: asked } = world.models.calls[0] as unknown as Record<string, unknown>;
    if (field === 'seed' && value === 0) expect(asked).toBeGreaterThan(0);
    else expect(asked).toEqual(value);
  });

  it.each(refusedBy(facts))('refuses the $why, free of charge', async ({ field, value, says }) => {
    const { status, json } = await post(id, field, value);
    expect([status, json.errors.map(({ pointer }) => pointer)]).toEqual([400, [`/${field}`]]);
    for (const part of [...says, id]) expect(json.errors[0].detail).toContain(part);
    expect(world.models.calls).toHaveLength(0);
  });

  const unknown = Object.keys(GENERATE_REQUEST_SCHEMA.properties).filter((field) => field in SOME && !parametersOf(facts).includes(field));
  if (unknown.length > 0) {
    it.each(unknown)('does not know %s, and says so', async (field) => {
      for (const value of [SOME[field], {}]) {
        const { status, json } = await post(id, field, value);
        expect([status, json.errors]).toEqual([400, expect.arrayContaining([{ pointer: `/${field}`, detail: `is not supported by ${id}` }])]);
      }
      expect(world.models.calls).toHaveLength(0);
    });
  }
});

it.each([
  ['titan-image-generator-v1', { id: 'amazon.titan-image-generator-v1', call: 'amazon.titan-image-generator-v1', region: 'us-east-1', service: 'bedrock' }],
  [TITAN, { id: TITAN, call: PROVISIONED, family: 'amazon-image', region: 'us-east-1', service: 'bedrock' }],
  ['my-endpoint', { id: 'my-endpoint', call: 'my-endpoint', family: 'sagemaker-stable-diffusion', region: 'eu-west-1', service: 'sagemaker' }],
])('%s is called as it was configured', async (model, called) => {
  const { json } = await world.call('POST /images', { body: { prompt: 'x', model } });
  expect(world.models.calledModels).toEqual([expect.objectContaining(called)]);
  expect(json.model).toBe(called.id);
});
