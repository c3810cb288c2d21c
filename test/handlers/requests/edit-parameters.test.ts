import { EDIT_MODELS } from '../../../src/private/contract/models';
import { EDIT_REQUEST_SCHEMA } from '../../../src/private/contract/requests';
import { EDIT_FACTS } from '../../fixtures/edit-facts';
import { imageFile } from '../../fixtures/images';
import { acceptedBy, parametersOf, refusedBy, SOME } from '../../fixtures/parameter-cases';
import { CONFIGURATION, World } from '../../helpers/world';

const OPERATIONS = Object.keys(EDIT_FACTS);
const image = imageFile(64, 64).toString('base64');
let world: World;
beforeEach(() => { world = new World({ ...CONFIGURATION, edits: { region: 'us-east-1', operations: OPERATIONS } }); });

/** What makes an edit of it, and nothing more; an outpaint by 10 pixels down, or to the left where `down` is what is tried. */
function leastBody(operation: string, tried = ''): Record<string, unknown> {
  const outpaint = { [tried === 'down' ? 'left' : 'down']: 10 };
  const required = EDIT_FACTS[operation].required.map((field) => [field, field === 'styleImage' ? image : 'x']);
  return { operation, image, ...Object.fromEntries(required), ...operation === 'outpaint' && outpaint };
}

const post = (operation: string, more: Record<string, unknown>, tried?: string) =>
  world.call('POST /images/edits', { body: { ...leastBody(operation, tried), ...more } });

it('covers each operation of the catalog and each of its parameters', () => {
  expect(EDIT_MODELS.map(({ operation, id }) => [operation, id])).toEqual(OPERATIONS.map((operation) => [operation, EDIT_FACTS[operation].id]));
  for (const { operation, parameters } of EDIT_MODELS) {
    expect([operation, [...parametersOf(EDIT_FACTS[operation]), 'image'].sort()]).toEqual([operation, Object.keys(parameters).sort()]);
  }
});

describe.each(OPERATIONS)('%s', (operation) => {
  const { id, required, ...facts } = EDIT_FACTS[operation];

  it('is one call of its inference profile with the file and what was asked', async () => {
    const { status, json } = await post(operation, {});
    expect([status, json.operation, json.model]).toEqual([201, operation, id]);
    expect(world.models.calledModels).toEqual([{ id, call: `us.${id}`, region: 'us-east-1', family: 'stability-services', service: 'bedrock' }]);
    expect(world.models.calls).toHaveLength(1);
    expect(world.models.calls[0]).toMatchObject({ image: imageFile(64, 64), count: 1, outputFormat: 'png' });
    // a service that takes no seed refuses one
    expect(world.models.calls[0].seed).toEqual(facts.wholes && 'seed' in facts.wholes ? expect.any(Number) : undefined);
  });

  it.each(acceptedBy(facts))('takes the $why', async ({ field, value }) => {
    expect((await post(operation, { [field]: value }, field)).status).toBe(201);
    const { [field]: asked } = world.models.calls[0] as unknown as Record<string, unknown>;
    if (field === 'seed' && value === 0) expect(asked).toBeGreaterThan(0);
    else expect(asked).toEqual(value);
  });

  it.each(refusedBy(facts))('refuses the $why, free of charge', async ({ field, value, says }) => {
    const { status, json } = await post(operation, { [field]: value }, field);
    expect([status, json.errors.map(({ pointer }) => pointer)]).toEqual([400, [`/${field}`]]);
    for (const part of [...says, id]) expect(json.errors[0].detail).toContain(part);
    expect(world.models.calls).toHaveLength(0);
  });

  it.each([...required, 'image'])('does nothing without %s', async (field) => {
    const { status, json } = await post(operation, { [field]: undefined });
    expect([status, json.errors]).toEqual([400, [{ pointer: `/${field}`, detail: expect.stringContaining(`is required by ${id}`) }]]);
    expect(world.models.calls).toHaveLength(0);
  });

  const some: Readonly<Record<string, unknown>> = { ...SOME, mask: image, styleImage: image };
  const unknown = Object.keys(EDIT_REQUEST_SCHEMA.properties).filter((field) => field in some && !parametersOf(facts).includes(field));
  it.each(unknown)('does not know %s, and says so', async (field) => {
    for (const value of [some[field], {}]) {
      const { status, json } = await post(operation, { [field]: value });
      expect([status, json.errors]).toEqual([400, [{ pointer: `/${field}`, detail: `is not supported by ${id}` }]]);
    }
    expect(world.models.calls).toHaveLength(0);
  });
});

describe('outpaint', () => {
  it.each([{}, { left: 0, right: 0, up: 0, down: 0 }, { left: 0 }])('fails when %j leaves the picture as it is', async (sides) => {
    const { status, json } = await world.call('POST /images/edits', { body: { operation: 'outpaint', image, ...sides } });
    expect([status, json.errors]).toEqual([400, [{ pointer: '/left', detail: 'at least one of left, right, up, down must be greater than 0' }]]);
    expect(world.models.calls).toHaveLength(0);
  });
});

describe('the operation', () => {
  it.each([['unknown', 'variation'], ['not enabled here', 'outpaint'], ['absent', undefined], ['no text', 7], ['inherited', 'constructor']])(
    'is told what there is when it is %s', async (_why, operation) => {
      world = new World({ ...CONFIGURATION, edits: { region: 'us-east-1', operations: ['erase', 'inpaint'] } });
      const { status, json } = await world.call('POST /images/edits', { body: { operation, image } });
      expect([status, json.errors]).toEqual([400, [{ pointer: '/operation', detail: 'must be one of inpaint, erase' }]]);
      expect(world.models.calls).toHaveLength(0);
    });
});
