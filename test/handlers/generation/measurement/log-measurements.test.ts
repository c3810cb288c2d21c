import { ApiError } from '../../../../src/handlers/shared/api-error';
import { QUEUED, QueuedWorld } from '../../../helpers/queued-world';

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
  });

  it('has the owner of the job', async () => {
    world.textModel.respond = () => { throw new ApiError('CONTENT_FILTERED', 'filtered'); };
    await world.enqueue({ prompt: 'a bay', enhancePrompt: true });
    await world.drain();
    expect(world.logged('model')).toMatchObject([{ Filtered: 1, owner: OWNER_HASH }]);
    expect(ownersOf('model')).toEqual(ownersOf('job'));
  });
});
