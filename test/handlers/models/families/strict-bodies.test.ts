import * as fc from 'fast-check';
import { resolveModel } from '../../../../local/model-service/bedrock/model-id';
import { familyOf } from '../../../../local/model-service/families/family-of';
import { acceptInvocation } from '../../../../local/model-service/sagemaker/invocation';
import type { GenerationInput, Model } from '../../../../src/handlers/generation/ports';
import { EDIT_MODELS, FAMILIES as FAMILY_FACTS, MODELS, type ModelFamily, type Parameter } from '../../../../src/private/contract/models';
import { base64Of, imageFile } from '../../../fixtures/images';
import { loadedFamilies } from '../../../helpers/families';
import { CONFIGURATION, World } from '../../../helpers/world';

const FAMILIES = loadedFamilies();

// The model service accepts the body of every request that our validation accepts. Invalid requests are rejected before they are charged.

const REGION = 'us-east-1';
const provisioned = (name: string) => `arn:aws:bedrock:${REGION}:000000000000:provisioned-model/${name}`;
/** Ids with which the model service accepts calls of ended models. */
const CALLS: Readonly<Record<string, string>> = {
  'amazon.nova-canvas-v1:0': provisioned('nova-canvas'),
  'amazon.titan-image-generator-v2:0': provisioned('titan-image-v2'),
  'amazon.titan-image-generator-v1': provisioned('titan-image-v1'),
  'stability.stable-diffusion-xl-v1': provisioned('sdxl'),
  'amazon.nova-2-omni-v1:0': 'us.amazon.nova-2-omni-v1:0',
};
const CALLABLE = MODELS.filter(({ id, lifecycle }) => !lifecycle || id in CALLS);

const CONFIGURED = {
  ...CONFIGURATION,
  models: [
    ...CALLABLE.map(({ id, regions }) => ({ id, region: id in CALLS ? REGION : regions[0], call: CALLS[id] ?? id })),
    { id: 'endpoint', region: REGION, family: 'sagemaker-stable-diffusion', service: 'sagemaker' as const },
    { id: 'sdxl-endpoint', region: REGION, family: 'stability-v1-text_prompts', service: 'sagemaker' as const },
  ],
  edits: { region: REGION, operations: EDIT_MODELS.map(({ operation }) => operation) },
};

async function expectAccepted({ invokedId, region, family, service }: Model, input: GenerationInput): Promise<void> {
  const { accept = 'application/json', buildRequest } = FAMILIES[family as ModelFamily];
  const body = JSON.parse(JSON.stringify(buildRequest(input)));
  if (service === 'sagemaker') {
    await acceptInvocation({ endpoint: invokedId, contentType: 'application/json', accept, body: Buffer.from(JSON.stringify(body)) });
  } else {
    const model = resolveModel(invokedId, region);
    await familyOf(model, family === 'converse' ? 'converse' : 'invoke').accept(model, body);
  }
}

const VALID_IMAGES = [[64, 64], [200, 200], [640, 480], [1024, 1024]].map(([width, height]) => base64Of(imageFile(width, height)));
const UNUSUAL_IMAGES = [[63, 200], [300, 100], [32, 1536], [2000, 1200]].map(([width, height]) => base64Of(imageFile(width, height)));

/** Mostly valid values, so that many requests are accepted, and some just outside the range. */
function mostly(valid: fc.Arbitrary<unknown>, invalid: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.oneof({ arbitrary: valid, weight: 24 }, { arbitrary: invalid, weight: 1 });
}

function values(parameter: Parameter): fc.Arbitrary<unknown> {
  switch (parameter.type) {
    case 'text': return mostly(
      fc.oneof(fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }).map((text) => `a${text}`), fc.constantFrom('é'.repeat(parameter.maxLength), '😀')),
      fc.constantFrom('é'.repeat(parameter.maxLength + 1), ' '),
    );
    case 'choice': return mostly(fc.constantFrom(...parameter.values), fc.constant('other'));
    case 'integer': return mostly(
      fc.oneof(fc.constantFrom(parameter.minimum, parameter.maximum), fc.integer({ min: parameter.minimum, max: parameter.maximum })),
      fc.constantFrom(parameter.minimum - 1, parameter.maximum + 1, parameter.minimum + 0.5),
    );
    case 'number': return mostly(
      fc.oneof(fc.constantFrom(parameter.minimum, parameter.maximum), fc.double({ min: parameter.minimum, max: parameter.maximum, noNaN: true })),
      fc.constantFrom(parameter.minimum - 0.01, parameter.maximum + 0.01),
    );
    case 'image': return mostly(fc.constantFrom(...VALID_IMAGES), fc.constantFrom(...UNUSUAL_IMAGES));
    case 'size':
    case 'texts': return fc.constant(undefined);
  }
}

const SIZES = fc.constantFrom(
  {}, {}, {}, {}, {}, {}, { width: 1024, height: 1024 }, { width: 512, height: 768 }, { width: 320, height: 320 }, { width: 1173, height: 640 },
  { width: 4080, height: 1024 }, { width: 2048, height: 2048 }, { width: 500, height: 501 }, { width: 1536, height: 128 },
);

/** Fields that exclude each other. Most requests omit one side of each pair, so that most are accepted. */
const EXCLUSIVE = [[['aspectRatio'], ['width', 'height']], [['image', 'strength'], ['aspectRatio', 'width', 'height']]];

function requests(parameters: object, fixed: object): fc.Arbitrary<object> {
  const fields = Object.fromEntries(Object.entries(parameters).map(([name, parameter]) => [name, values(parameter as Parameter)]));
  const required = Object.entries(parameters).filter(([, parameter]) => (parameter as { required?: boolean }).required).map(([name]) => name);
  const without = fc.tuple(...EXCLUSIVE.map((sides) => fc.constantFrom(...sides, ...sides, ...sides, [])))
    .map((names) => names.flat().filter((name) => !required.includes(name)));
  return fc.tuple(fc.record(fields, { requiredKeys: required }), SIZES, fc.integer({ min: 1, max: 4 }), without)
    .map(([fieldValues, size, count, omitted]) => {
      const sized = { ...fieldValues, ...('size' in parameters || 'aspectRatio' in parameters ? size : {}) };
      return { ...Object.fromEntries(Object.entries(sized).filter(([name]) => !omitted.includes(name))), count, ...fixed };
    });
}

async function check(route: string, parameters: object, fixed: object, runs: number): Promise<void> {
  let accepted = 0;
  await fc.assert(fc.asyncProperty(requests(parameters, fixed), async (body) => {
    const world = new World(CONFIGURED);
    const { status } = await world.call(route, { body });
    expect([201, 400]).toContain(status);
    const { calls, calledModels } = world.models;
    expect(calls.length > 0).toBe(status === 201);
    if (status === 201) accepted++;
    for (const [index, input] of calls.entries()) await expectAccepted(calledModels[index], input);
  }), { numRuns: runs });
  // otherwise the test would prove little; usually more than half are accepted
  expect(accepted).toBeGreaterThan(runs / 4);
}

const { models } = CONFIGURED;
it.each(models.map(({ id }) => id))('the model %s accepts what POST /images accepts', async (id) => {
  const known = MODELS.find((model) => model.id === id);
  const { family } = models.find((model) => model.id === id) as { family?: ModelFamily };
  await check('POST /images', known?.parameters ?? FAMILY_FACTS[family!].parameters, { model: id }, 150);
});

it.each(EDIT_MODELS.map(({ operation }) => operation))('the model of %s accepts what POST /images/edits accepts', async (operation) => {
  const { parameters } = EDIT_MODELS.find((edit) => edit.operation === operation)!;
  await check('POST /images/edits', parameters, { operation }, 60);
});
