import { throwIfPast } from './abort';
import { copy } from './copy';
import type { Batches } from '../../../src/handlers/generation/ports';
import type { Batch } from '../../../src/handlers/generation/storage/records';

const DAY_MS = 24 * 3600 * 1000;

export class FakeBatches implements Batches {
  public readonly items: Batch[] = [];

  constructor(private readonly now: () => number) {}

  public async put(batch: Batch, deadline: number): Promise<void> {
    throwIfPast(deadline, this.now());
    const index = this.items.findIndex(({ owner, id }) => owner === batch.owner && id === batch.id);
    this.items.splice(index < 0 ? this.items.length : index, 1, copy(batch));
  }

  public async get(owner: string, id: string): Promise<Batch | undefined> {
    const batch = this.items.find((item) => item.owner === owner && item.id === id);
    // a batch is stored 7 days longer than its images
    return batch && batch.createdAt + (batch.expirationDays + 7) * DAY_MS > this.now() ? batch : undefined;
  }
}
