import type { Deadlines } from './deadlines';
import type { Clock, EventPublisher, ImageRecords } from './ports';
import { hasJobState, type ImageRecord } from './storage/records';
import type { ImageOutcome } from '../../private/contract/events';
import { describeCause, type Logger } from '../shared/log';

export interface PublishPorts {
  /** Absent if no rule uses the events. */
  readonly eventPublisher?: EventPublisher;
  readonly clock: Clock;
  readonly log: Logger;
}

/** The client waits for the response meanwhile. */
const MAX_PUBLISH_MS = 1_500;

/** Publishes an event of a synchronous request. A failure is only logged. */
export async function publishBestEffort(
  outcome: ImageOutcome, record: ImageRecord, { eventPublisher, clock, log }: PublishPorts, deadlines: Deadlines,
): Promise<void> {
  const now = clock.now();
  const deadline = Math.min(now + MAX_PUBLISH_MS, deadlines.response);
  await eventPublisher?.publish(outcome, record, now, deadline)
    .catch((cause) => log.error('event not published', { id: record.id, outcome, ...describeCause(cause) }));
}

/** Publishes the event of a job at least once. The record notes that the event is pending until it has been published. */
export async function publishAtLeastOnce(
  record: ImageRecord, { eventPublisher, clock, records }: PublishPorts & { readonly records: ImageRecords }, deadlines: Deadlines,
): Promise<void> {
  if (!eventPublisher || !record.eventPending) return;
  await eventPublisher.publish(hasJobState(record) ? 'failed' : 'succeeded', record, clock.now(), deadlines.response);
  await records.markPublished(record, deadlines.response);
}

/** Returns the attribute of a record whose event is pending. */
export function pendingEvent({ eventPublisher }: Pick<PublishPorts, 'eventPublisher'>): Pick<ImageRecord, 'eventPending'> {
  return eventPublisher ? { eventPending: true } : {};
}
