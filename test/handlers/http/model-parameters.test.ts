import { MODELS } from '../../../src/private/contract/models';
import { GENERATE_REQUEST_SCHEMA } from '../../../src/private/contract/requests';
import { CONFIGURATION, World } from '../world';
import { acceptedBy, type Facts, parametersOf, RATIOS, refusedBy, SOME, STYLES } from './parameter-cases';
import { picture } from './pictures';

const V2: Facts = {
  wholes: { seed: [0, 4_294_967_295] },
  texts: { prompt: 10_000, negativePrompt: 10_000 },
  choices: { aspectRatio: RATIOS, outputFormat: ['png', 'jpeg'] },
};
const AMAZON: Facts = {
  wholes: { seed: [0, 858_993_459] },
  numbers: { cfgScale: [1.1, 10] },
  texts: { prompt: 1_024, negativePrompt: 1_024 },
  choices: {
    outputFormat: ['png'],
    quality: ['standard', 'premium'],
    style: [
      '3d-animated-family-film', 'design-sketch', 'flat-vector-illustration', 'graphic-novel-illustration', 'maximalism', 'midcentury-retro',
      'photorealism', 'soft-digital-painting',
    ],
  },
  others: ['size'],
};
const TITAN: Facts = {
  wholes: { seed: [0, 2_147_483_646] },
  numbers: { cfgScale: [1.1, 10] },
  texts: { prompt: 512, negativePrompt: 512 },
  choices: { outputFormat: ['png'], quality: ['standard', 'premium'] },
  others: ['size'],
};
const SDXL: Facts = {
  wholes: { seed: [0, 4_294_967_295], steps: [10, 50] },
  numbers: { cfgScale: [0, 35] },
  texts: { prompt: 2_000, negativePrompt: 2_000 },
  choices: { outputFormat: ['png'], style: STYLES },
  others: ['size'],
};

const FACTS: Readonly<Record<string, Facts>> = {
  'stability.stable-image-core-v1:1': V2,
  'stability.stable-image-ultra-v1:1': { ...V2, numbers: { strength: [0, 1] }, others: ['image'] },
  'stability.sd3-5-large-v1:0': {
    ...V2,
    wholes: { seed: [0, 4_294_967_294] },
    numbers: { strength: [0, 1] },
    choices: { aspectRatio: RATIOS, outputFormat: ['png', 'jpeg', 'webp'] },
    others: ['image'],
  },
  'amazon.nova-canvas-v1:0': AMAZON,
  'amazon.titan-image-generator-v2:0': TITAN,
  'amazon.titan-image-generator-v1': TITAN,
  'stability.stable-image-core-v1:0': V2,
  'stability.stable-image-ultra-v1:0': V2,
  'stability.sd3-large-v1:0': V2,
  'stability.stable-diffusion-xl-v1': SDXL,
  'stability.stable-diffusion-xl-v0': SDXL,
  'amazon.nova-2-omni-v1:0': { texts: { prompt: 10_000 }, choices: { outputFormat: ['png'] } },
};

const PROVISIONED = 'arn:aws:bedrock:us-east-1:123456789012:provisioned-model/abcdefghijkl';
const models = [
  ...MODELS.map(({ id, regions }) => ({ id, region: regions[0] ?? 'us-east-1' })),
  { id: 'my-titan', call: PROVISIONED, base: 'amazon.titan-image-generator-v2:0', region: 'us-east-1' },
  { id: 'my-endpoint', region: 'eu-west-1', family: 'sagemaker-stable-diffusion', service: 'sagemaker' as const },
  { id: 'acme.painter-v1:0', region: 'eu-west-1', family: 'stability-v2' },
];
const ALL: readonly (readonly [string, Facts])[] = [
  ...Object.entries(FACTS),
  ['my-titan', TITAN],
  ['my-endpoint', {
    wholes: { seed: [0, 4_294_967_295], steps: [1, 150] },
    numbers: { cfgScale: [0, 35] },
    texts: { prompt: 10_000, negativePrompt: 10_000 },
    choices: { outputFormat: ['jpeg'] },
    others: ['size'],
  }],
  ['acme.painter-v1:0', V2],
];

let world: World;
beforeEach(() => { world = new World({ ...CONFIGURATION, models }); });

/** A request that differs from a good one in one field; a strength needs a picture to work on. */
const post = (model: string, field: string, value: unknown) => world.call('POST /images', {
  body: { prompt: 'x', model, ...field === 'strength' && { image: picture(64, 64).toString('base64') }, [field]: value },
});

it('covers each model of the catalog and each of its parameters', () => {
  expect(Object.keys(FACTS)).toEqual(MODELS.map(({ id }) => id));
  for (const { id, parameters } of MODELS) expect([id, parametersOf(FACTS[id])]).toEqual([id, Object.keys(parameters).sort()]);
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
  ['my-titan', { id: 'my-titan', call: PROVISIONED, family: 'amazon-image', region: 'us-east-1', service: 'bedrock' }],
  ['my-endpoint', { id: 'my-endpoint', call: 'my-endpoint', family: 'sagemaker-stable-diffusion', region: 'eu-west-1', service: 'sagemaker' }],
])('%s is called as it was configured', async (model, called) => {
  const { json } = await world.call('POST /images', { body: { prompt: 'x', model } });
  expect(world.models.called).toEqual([expect.objectContaining(called)]);
  expect(json.model).toBe(called.id);
});
