import { FAULT_AREAS } from '../fixtures/faults';
import { expectRow } from '../helpers/faults/expect-row';
import { FaultWorld } from '../helpers/faults/world';

describe('the fault matrix on the emulator', () => {
  let world: FaultWorld;
  beforeAll(async () => { world = await FaultWorld.start('test/fixtures/faults/app'); }, 600_000);
  afterAll(() => world?.close());

  describe.each(FAULT_AREAS)('$name', ({ rows }) => {
    it.each(rows)('$fault', async (row) => { await expectRow(world, row); });
  });

  it('logs no prompt, key, token or URL', () => {
    for (const secret of world.secrets) expect(world.logs.text).not.toContain(secret);
  });
});
