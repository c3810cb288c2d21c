/** Messages of situations that are no errors of the API. */
import { type Formats, type Instant } from './formats';
import { type Action, type Message, message } from './message';
import { type LostReason } from '../api-result';

/** What an image costs and how long it takes, if it is known. */
export interface Expectation {
  readonly priceUsd?: number;
  readonly seconds?: number;
}

/** Create without images. */
export function emptyCreate({ priceUsd, seconds }: Expectation, formats: Formats): Message {
  const facts = [
    ...(priceUsd === undefined ? [] : [`costs about ${formats.money(priceUsd)}`]),
    ...(seconds === undefined ? [] : [`takes about ${seconds === 1 ? '1 second' : `${formats.number(Math.round(seconds))} seconds`}`]),
  ];
  const oneImage = facts.length > 0 ? ` One image ${facts.join(' and ')}.` : '';
  return message('Your images appear here', `Say what the image should show and press Generate.${oneImage}`);
}

/** Gallery without images. `retentionDays`: absent if images are kept. */
export function emptyGallery(retentionDays: number | undefined): Message {
  const kept = retentionDays === undefined ? 'kept here' : `kept here for ${days(retentionDays)}`;
  return message('No images yet', `Images that you generate are ${kept}.`, 'create');
}

/** Edit without an image. */
export function emptyEdit(): Message {
  return message('Choose an image to edit', 'Pick one of yours, or drop, paste or choose a file.');
}

/** An image that the API does not find. */
export function imageMissing(...actions: readonly Action[]): Message {
  return message('This image does not exist', 'It was deleted, has expired, or belongs to someone else.', ...actions);
}

/** The skeleton of the form is shown for more than 4 seconds. */
export function connecting(): Message {
  return message('Connecting', 'The first request takes a few seconds.');
}

/** Seconds after which the page says that it is connecting. */
export const CONNECTING_AFTER_SECONDS = 4;

/** The browser is offline. `hasQueue`: whether the API has jobs. */
export function offline(hasQueue: boolean): Message {
  return message('You are offline', `Your prompt is kept.${hasQueue ? ' Queued images continue.' : ''}`);
}

/** The API is not reachable, or something else responds. `seconds`: until the page tries again. */
export function unreachable(seconds: number, formats: Formats): Message {
  return message('The API does not answer', `It may be starting or being deployed. Trying again in ${formats.duration(seconds)}.`, 'tryNow');
}

/** A tile whose result is not known. `hasGallery`: whether a finished image appears there. */
export function unsure(reason: LostReason, hasGallery: boolean): Message {
  switch (reason) {
    case 'stopped': return message(
      'Stopped waiting', `If it is finished, it is charged${hasGallery ? ' and appears in your gallery' : ''}. Trying again does not charge a second time.`, 'tryAgain',
    );
    case 'offline': return message('You are offline', 'The image may be ready already. Trying again does not charge a second time.', 'tryAgain');
    case 'unreachable': return message('The API does not answer', 'The image may be ready already. Trying again does not charge a second time.', 'tryAgain');
    case 'connection': return message('The connection broke', 'The image may be ready already. Trying again does not charge a second time.', 'tryAgain');
  }
}

export interface BudgetFacts {
  readonly remainingUsd: number;
  readonly limitUsd?: number;
  readonly resetsAt: Instant;
}

/** The budget allows only a few more images. `priceUsd`: of one image. */
export function lowBudget({ remainingUsd, limitUsd, resetsAt }: BudgetFacts, priceUsd: number | undefined, formats: Formats): Message {
  const title = `${formats.money(remainingUsd)} ${limitUsd === undefined ? 'left today' : `of today's ${formats.money(limitUsd)} left`}`;
  const images = priceUsd ? Math.floor(remainingUsd / priceUsd + 1e-9) : undefined;
  const enough = images === undefined ? '' : images === 0 ? 'Not enough for an image with this model. ' : `Enough for ${images} more ${images === 1 ? 'image' : 'images'} with this model. `;
  return message(title, `${enough}The day ends at ${formats.time(resetsAt)}.`);
}

/** The image is in this response only. */
export function warningMessage(warning: string | undefined): Message | undefined {
  switch (warning) {
    case 'STORAGE_FAILED': return message('Download this image now', 'It could not be stored and is gone when you close this tab.');
    case 'RECORD_FAILED': return message('Download this image now', 'It will not appear in your gallery.');
    case 'SIZE_ADJUSTED': return message('The size was adjusted', 'The model has shapes only and took the nearest one.');
    default: return undefined;
  }
}

/** The image was deleted after its retention. */
export function expired(imageExpiresAt: Instant, retentionDays: number | undefined, formats: Formats): Message {
  const text = retentionDays === undefined ? 'It is not kept any more.' : `Images are kept for ${days(retentionDays)}.`;
  return message(`Deleted on ${formats.day(imageExpiresAt)}`, text, 'generateAgain');
}

/** A file cannot be used. `reason`: from `imageIssue`. */
export function unusableFile(reason: string): Message {
  return message('This file does not fit', reason);
}

/** The browser refused to copy. A field shows the text. */
export function clipboardBlocked(): Message {
  return message('Copying was blocked', 'Select the text and copy it by hand.');
}

/** The signed URL was copied. */
export function linkCopied(expiresAt: Instant, formats: Formats): string {
  return `Copied. Works for everyone who has it, until ${formats.time(expiresAt)}.`;
}

/** `DELETE` of a job returned 409. */
export const CANCEL_REFUSED = 'Already being generated, it cannot be cancelled';

function days(count: number): string {
  return count === 1 ? '1 day' : `${count} days`;
}
