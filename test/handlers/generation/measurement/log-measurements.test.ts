import { ApiError } from '../../../../src/handlers/shared/api-error';
import { QUEUED, QueuedWorld } from '../../../helpers/queued-world';
import { throttled } from '../../../helpers/world';

const NOVA_2 = 'amazon.nova-2-lite-v1:0';
const OWNER_HASH = expect.stringMatching(/^[0-9a-f]{16}$/);

describe('the line of a second model', () => {
  let world: QueuedWorld;
  beforeEach(() => { world = new QueuedWorld({ ...QUEUED, textModel: { id: NOVA_2, region: 'us-west-2', call: `us.${NOVA_2}` } }); });

  const ownersOf = (message: string) => world.logged(message).map(({ owner }) => owner);

  it('has the owner of the request, by which usage is grouped', async () => {
    await world.call('POST /images', { body: { prompt: 'a bay', enhancePrompt: true } });
    expect(ownersOf('model')).toEqual([OWNER_HASH]);
    expect(ownersOf('model')).toEqual(ownersOf('request'));
    expect(world.logged('model')).toMatchObject([{ ApiId: QUEUED.api, Model: NOVA_2, RouteSet: 'standard' }]);
  });

  it('has the owner of the job', async () => {
    world.textModel.respond = () => { throw new ApiError('CONTENT_FILTERED', 'filtered'); };
    await world.enqueue({ prompt: 'a bay', enhancePrompt: true });
    await world.drain();
    expect(world.logged('model')).toMatchObject([{ Filtered: 1, owner: OWNER_HASH }]);
    expect(ownersOf('model')).toEqual(ownersOf('job'));
  });
});

describe('the line of a request', () => {
  const CORE_ID = QUEUED.models[0].id;
  const IDEMPOTENT = { 'Idempotency-Key': 'k' };
  const lastLine = (message: string) => world.logged(message).at(-1);
  let world: QueuedWorld;
  beforeEach(() => { world = new QueuedWorld(); });

  it('has the id and the model of the image, also when the request is repeated or enqueued', async () => {
    const { json: { id } } = await world.call('POST /images', { body: { prompt: 'a bay' }, headers: IDEMPOTENT });
    const dimensions = { ApiId: QUEUED.api, Model: CORE_ID, RouteSet: 'standard' };
    expect(lastLine('request')).toMatchObject({ ...dimensions, imageId: id, model: CORE_ID, status: 201, Images: 1, EstimatedCost: 0.04 });
    await world.call('POST /images', { body: { prompt: 'a bay' }, headers: IDEMPOTENT });
    expect(lastLine('request')).toMatchObject({ imageId: id, model: CORE_ID, status: 201 });
    expect(lastLine('request')).not.toHaveProperty('EstimatedCost');
    const { json } = await world.enqueue();
    expect(lastLine('request')).toMatchObject({ imageId: json.id, model: CORE_ID, status: 202 });
  });

  it('has the id of the image that was not generated', async () => {
    world.models.failWith(new ApiError('MODEL_ERROR', 'failed'));
    await world.call('POST /images', { body: { prompt: 'a bay' } });
    expect(lastLine('request')).toMatchObject({ imageId: expect.any(String), model: CORE_ID, status: 502 });
  });

  it('of a run of a job has its outcome, and the route set of the request', async () => {
    const { json: { id } } = await world.enqueue();
    const run = { imageId: id, model: CORE_ID, owner: OWNER_HASH, routeSet: 'standard' };
    world.models.failWith(throttled(), throttled(), throttled());
    world.time += 3_000;
    await world.deliver(world.message);
    expect(lastLine('job')).toMatchObject({ ...run, outcome: 'throttled', code: 'THROTTLED', QueueAge: 3 });
    world.models.failWith(new ApiError('MODEL_UNAVAILABLE', 'not subscribed'));
    await world.deliver(world.message);
    expect(lastLine('job')).toMatchObject({ ...run, outcome: 'failed', code: 'MODEL_UNAVAILABLE' });
    world.time += 3_600_000;
    await world.deliver(world.queue.deadLetters[0]);
    // the queue age starts with the redrive
    expect(lastLine('job')).toMatchObject({ ...run, outcome: 'succeeded', QueueAge: 0 });
  });

  it('of a job that has ended has its id and no route set', async () => {
    const { json: { id } } = await world.enqueue();
    world.models.failWith(new ApiError('CONTENT_FILTERED', 'filtered'));
    await world.deliver(world.message);
    await world.deliver(world.message, 2);
    expect(lastLine('job')).toMatchObject({ imageId: id, model: CORE_ID, owner: OWNER_HASH });
    expect(lastLine('job')).not.toHaveProperty('routeSet');
  });
});
