/** When images are deleted. */
import { type ImageResponse } from '../../private/contract/responses';
import { type Formats } from '../words/formats';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const SOON_DAYS = 3;

/** Returns "2 days left" for an image that is deleted within three days, otherwise undefined. */
export function daysLeftLabel({ status, imageExpiresAt }: Pick<ImageResponse, 'status' | 'imageExpiresAt'>, now: number): string | undefined {
  const left = Date.parse(imageExpiresAt) - now;
  if (status !== 'succeeded' || !(left > 0) || left > SOON_DAYS * DAY_MS) return undefined;
  if (left < HOUR_MS) return 'Less than 1 hour left';
  if (left < DAY_MS) return plural(Math.floor(left / HOUR_MS), 'hour');
  return plural(Math.floor(left / DAY_MS), 'day');
}

/** Returns "Deleted on 26 December (30 days)". */
export function deletionText({ imageExpiresAt }: Pick<ImageResponse, 'imageExpiresAt'>, retentionDays: number | undefined, formats: Formats): string {
  const period = retentionDays === undefined ? '' : ` (${retentionDays} ${retentionDays === 1 ? 'day' : 'days'})`;
  return `Deleted on ${formats.day(imageExpiresAt)}${period}`;
}

function plural(count: number, unit: string): string {
  return `${count} ${count === 1 ? unit : `${unit}s`} left`;
}
