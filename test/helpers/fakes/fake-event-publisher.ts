import { throwIfPast } from './abort';
import type { EventPublisher } from '../../../src/handlers/generation/ports';
import type { ImageRecord } from '../../../src/handlers/generation/storage/records';
import type { ImageOutcome } from '../../../src/private/contract/events';

export class FakeEventPublisher implements EventPublisher {
  public readonly deadlines: number[] = [];
  public readonly published: { readonly outcome: ImageOutcome; readonly record: ImageRecord }[] = [];
  public fails = false;

  constructor(private readonly now: () => number) {}

  public async publish(outcome: ImageOutcome, record: ImageRecord, _time: number, deadline: number): Promise<void> {
    this.deadlines.push(deadline);
    throwIfPast(deadline, this.now());
    if (this.fails) throw new Error('the event bus is not available');
    this.published.push({ outcome, record });
  }
}
