import { type Message } from '../../../src/playground/words/message';
import * as situations from '../../../src/playground/words/situations';
import { FORMATS } from '../../fixtures/playground-formats';

const line = ({ title, text, actions }: Message) => [title, text, ...actions.map(({ label }) => `[${label}]`)].join(' | ');
const BUDGET = { remainingUsd: 0.12, limitUsd: 5, resetsAt: '2026-11-28T01:00:00Z' };

it.each<[string, Message]>([
  ['Your images appear here | Say what the image should show and press Generate. One image costs about $0.04 and takes about 5 seconds.', situations.emptyCreate({ priceUsd: 0.04, seconds: 5 }, FORMATS)],
  ['Your images appear here | Say what the image should show and press Generate. One image takes about 1 second.', situations.emptyCreate({ seconds: 1 }, FORMATS)],
  ['Your images appear here | Say what the image should show and press Generate.', situations.emptyCreate({}, FORMATS)],
  ['No images yet | Images that you generate are kept here for 30 days. | [Create one]', situations.emptyGallery(30)],
  ['No images yet | Images that you generate are kept here for 1 day. | [Create one]', situations.emptyGallery(1)],
  ['No images yet | Images that you generate are kept here. | [Create one]', situations.emptyGallery(undefined)],
  ['Choose an image to edit | Pick one of yours, or drop, paste or choose a file.', situations.emptyEdit()],
  ['Connecting | The first request takes a few seconds.', situations.connecting()],
  ['You are offline | Your prompt is kept. Queued images continue.', situations.offline(true)],
  ['You are offline | Your prompt is kept.', situations.offline(false)],
  ['The API does not answer | It may be starting or being deployed. Trying again in 10 s. | [Try now]', situations.unreachable(10, FORMATS)],
  ['The connection broke | The image may be ready already. Trying again does not charge a second time. | [Try again]', situations.unsure('connection', true)],
  ['The API does not answer | The image may be ready already. Trying again does not charge a second time. | [Try again]', situations.unsure('unreachable', true)],
  ['You are offline | The image may be ready already. Trying again does not charge a second time. | [Try again]', situations.unsure('offline', true)],
  ['Stopped waiting | If it is finished, it is charged and appears in your gallery. Trying again does not charge a second time. | [Try again]', situations.unsure('stopped', true)],
  ['Stopped waiting | If it is finished, it is charged. Trying again does not charge a second time. | [Try again]', situations.unsure('stopped', false)],
  ["$0.12 of today's $5.00 left | Enough for 3 more images with this model. The day ends at 01:00.", situations.lowBudget(BUDGET, 0.04, FORMATS)],
  ["$0.12 of today's $5.00 left | Enough for 1 more image with this model. The day ends at 01:00.", situations.lowBudget(BUDGET, 0.08, FORMATS)],
  ["$0.12 of today's $5.00 left | Not enough for an image with this model. The day ends at 01:00.", situations.lowBudget(BUDGET, 0.14, FORMATS)],
  ['$0.12 left today | The day ends at 01:00.', situations.lowBudget({ ...BUDGET, limitUsd: undefined }, undefined, FORMATS)],
  ['Download this image now | It could not be stored and is gone when you close this tab.', situations.warningMessage('STORAGE_FAILED')!],
  ['Download this image now | It will not appear in your gallery.', situations.warningMessage('RECORD_FAILED')!],
  ['The size was adjusted | The model has shapes only and took the nearest one.', situations.warningMessage('SIZE_ADJUSTED')!],
  ['Deleted on 24 November | Images are kept for 30 days. | [Generate again]', situations.expired('2026-11-24T10:00:00Z', 30, FORMATS)],
  ['Deleted on 24 November | It is not kept any more. | [Generate again]', situations.expired('2026-11-24T10:00:00Z', undefined, FORMATS)],
  ['This file does not fit | Use PNG, JPEG or WebP.', situations.unusableFile('Use PNG, JPEG or WebP.')],
  ['Copying was blocked | Select the text and copy it by hand.', situations.clipboardBlocked()],
])('%s', (expected, message) => {
  expect(line(message)).toBe(expected);
});

it('a response without a warning, or with one that does not concern the page, has no message', () => {
  expect([undefined, 'INLINE_TOO_LARGE', 'NEW'].map(situations.warningMessage)).toEqual([undefined, undefined, undefined]);
});

it('a binary fraction does not cost an image of the budget', () => {
  expect(situations.lowBudget({ ...BUDGET, remainingUsd: 0.14 * 3 }, 0.14, FORMATS).text).toMatch(/^Enough for 3 more images/);
});

it('the copied link says until when it works', () => {
  expect(situations.linkCopied('2026-11-27T14:05:00Z', FORMATS)).toBe('Copied. Works for everyone who has it, until 14:05.');
});
