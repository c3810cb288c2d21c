import { randomUUID } from 'node:crypto';
import { DAY_MS, past, soon } from './contract-clock';
import type { EventPublisher } from '../../../src/handlers/generation/ports';
import type { ImageRecord } from '../../../src/handlers/generation/storage/records';
import { IMAGE_OUTCOMES, type ImageOutcome } from '../../../src/private/contract/events';

export interface EventPublisherSubject {
  readonly publisher: EventPublisher;
  /** Returns the outcomes of all events that were delivered for a record. */
  receivedOutcomes(id: string): Promise<ImageOutcome[]>;
}

/** The observable behavior of every implementation of `EventPublisher`. The content of an event is tested with the adapter. */
export function eventPublisherContract(create: () => EventPublisherSubject): void {
  let subject: EventPublisherSubject;
  beforeEach(() => { subject = create(); });
  const recordOf = (id: string): ImageRecord => ({
    owner: 'client:alice', id, model: 'model', createdAt: Date.now(), imageExpiresAt: Date.now() + DAY_MS, images: [], failures: [],
  });

  it.each(IMAGE_OUTCOMES)('publishes an event once: %s', async (outcome) => {
    const id = randomUUID();
    await subject.publisher.publish(outcome, recordOf(id), Date.now(), soon());
    expect(await subject.receivedOutcomes(id)).toEqual([outcome]);
  });

  it('publishes nothing after the deadline', async () => {
    const id = randomUUID();
    await expect(subject.publisher.publish('failed', recordOf(id), Date.now(), past())).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    expect(await subject.receivedOutcomes(id)).toEqual([]);
  });
}
