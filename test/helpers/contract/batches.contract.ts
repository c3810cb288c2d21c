import { randomUUID } from 'node:crypto';
import { DAY_MS, past, soon, type ContractClock } from './contract-clock';
import type { Batches } from '../../../src/handlers/generation/ports';
import type { Batch } from '../../../src/handlers/generation/storage/records';

/** The behavior of every implementation of `Batches`. `create` returns one that reads the time from `clock`. */
export function batchesContract(create: () => { readonly batches: Batches; readonly clock: ContractClock }): void {
  let batches: Batches;
  let clock: ContractClock;
  let owner: string;
  beforeEach(() => {
    ({ batches, clock } = create());
    // the tests share a table on the emulator
    owner = `client:${randomUUID()}`;
  });
  const batchOf = (more: Partial<Batch> = {}): Batch => ({ owner, id: '01', createdAt: clock.time, images: ['03', '02'], expirationDays: 30, ...more });

  it('returns a batch as it was written', async () => {
    await batches.put(batchOf(), soon());
    expect(await batches.get(owner, '01')).toStrictEqual(batchOf());
  });

  it('returns undefined for a missing batch and for the batch of another owner', async () => {
    await batches.put(batchOf(), soon());
    expect(await batches.get(owner, '02')).toBeUndefined();
    expect(await batches.get(`${owner}0`, '01')).toBeUndefined();
  });

  it('overwrites an existing batch', async () => {
    await batches.put(batchOf(), soon());
    await batches.put(batchOf({ images: ['04'] }), soon());
    expect((await batches.get(owner, '01'))?.images).toEqual(['04']);
  });

  it('keeps the order of 1,000 images', async () => {
    const images = Array.from({ length: 1_000 }, () => randomUUID());
    await batches.put(batchOf({ images }), soon());
    expect((await batches.get(owner, '01'))?.images).toEqual(images);
  });

  it('returns a batch until 7 days after its images have expired', async () => {
    // DynamoDB stores the expiration time in seconds
    clock.time = Math.floor(clock.time / 1000) * 1000;
    await batches.put(batchOf(), soon());
    clock.time += 37 * DAY_MS - 1;
    expect(await batches.get(owner, '01')).toBeDefined();
    clock.time += 1;
    expect(await batches.get(owner, '01')).toBeUndefined();
  });

  it('writes nothing after the deadline', async () => {
    await expect(batches.put(batchOf(), past())).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    expect(await batches.get(owner, '01')).toBeUndefined();
  });
}
