import { finishDeadline } from './deadlines';
import type { Clock, EventPublisher, ImageRecords } from './ports';
import { isJob, type ImageRecord } from './records';
import type { ImageOutcome } from '../../private/contract/events';
import { describeCause, type Logger } from '../shared/log';

export interface PublishPorts {
  /** Absent where nobody wants to know. */
  readonly eventPublisher?: EventPublisher;
  readonly clock: Clock;
  readonly log: Logger;
}

/** The client waits meanwhile. */
const PATIENCE_MS = 1_500;

/** If it can: whoever asked for the image has it whatever becomes of that. */
export async function publishBestEffort(
  outcome: ImageOutcome, record: ImageRecord, { eventPublisher, clock, log }: PublishPorts, deadline: number,
): Promise<void> {
  const now = clock.now();
  const until = Math.min(now + PATIENCE_MS, finishDeadline(deadline));
  await eventPublisher?.publish(outcome, record, now, until).catch((cause) => log.error('event not sent', { id: record.id, outcome, ...describeCause(cause) }));
}

/** At least once: until it is done the record says that it has to be, and whoever is handed its message does it. */
export async function publishAtLeastOnce(
  record: ImageRecord, { eventPublisher, clock, records }: PublishPorts & { readonly records: ImageRecords }, until: number,
): Promise<void> {
  if (!eventPublisher || !record.unannounced) return;
  await eventPublisher.publish(isJob(record) ? 'failed' : 'succeeded', record, clock.now(), until);
  await records.markPublished(record, until);
}

/** What a record says of which somebody wants to know. */
export function pendingEvent({ eventPublisher }: Pick<PublishPorts, 'eventPublisher'>): Pick<ImageRecord, 'unannounced'> {
  return eventPublisher ? { unannounced: true } : {};
}
