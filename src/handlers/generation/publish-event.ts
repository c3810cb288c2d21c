import { finishDeadline } from './deadlines';
import type { Clock, ImageRecord, ImageRecords } from './ports';
import type { ImageOutcome } from '../../private/contract/events';
import { isJob } from '../jobs/job';
import { describeCause, type Logger } from '../shared/log';

/** Tells others what became of images. */
export interface Announcer {
  /** Gives up at `until`; both times are epoch milliseconds. */
  announce(outcome: ImageOutcome, record: ImageRecord, time: number, until: number): Promise<void>;
}

export interface AnnouncePorts {
  /** Absent where nobody wants to know. */
  readonly announcer?: Announcer;
  readonly clock: Clock;
  readonly log: Logger;
}

/** The client waits meanwhile. */
const PATIENCE_MS = 1_500;

/** If it can: whoever asked for the image has it whatever becomes of that. */
export async function announceIfPossible(
  outcome: ImageOutcome, record: ImageRecord, { announcer, clock, log }: AnnouncePorts, deadline: number,
): Promise<void> {
  const now = clock.now();
  const until = Math.min(now + PATIENCE_MS, finishDeadline(deadline));
  await announcer?.announce(outcome, record, now, until).catch((cause) => log.error('event not sent', { id: record.id, outcome, ...describeCause(cause) }));
}

/** At least once: until it is done the record says that it has to be, and whoever is handed its message does it. */
export async function announceSurely(
  record: ImageRecord, { announcer, clock, records }: AnnouncePorts & { readonly records: ImageRecords }, until: number,
): Promise<void> {
  if (!announcer || !record.unannounced) return;
  await announcer.announce(isJob(record) ? 'failed' : 'succeeded', record, clock.now(), until);
  await records.announced(record, until);
}

/** What a record says of which somebody wants to know. */
export function toBeTold({ announcer }: Pick<AnnouncePorts, 'announcer'>): Pick<ImageRecord, 'unannounced'> {
  return announcer ? { unannounced: true } : {};
}
