import { type ApiProblem } from '../../../src/playground/api-result';
import { repeatDelay } from '../../../src/playground/runs/repeats';
import { type Message } from '../../../src/playground/words/message';
import { type ProblemContext, problemMessage } from '../../../src/playground/words/problems';
import { type ErrorCode, ERRORS } from '../../../src/private/contract/errors';
import { FORMATS, PAGE_NOW } from '../../fixtures/playground-formats';
import { pageProblem } from '../../fixtures/playground-tiles';

const CODES = Object.keys(ERRORS) as ErrorCode[];
const CONTEXT: ProblemContext = { formats: FORMATS, credentials: 'key', hasGallery: true, hasOtherModels: true };
const BUDGET = { remainingUsd: 0, limitUsd: 5, resetsAt: '2026-11-28T00:00:00Z' };
const REPEAT_AT = PAGE_NOW + 12_000;

const say = (code: ErrorCode, context: Partial<ProblemContext> = {}, members: Partial<ApiProblem> = {}) =>
  problemMessage(pageProblem(code, members), { ...CONTEXT, ...context });
const line = ({ title, text, actions }: Message) => [title, text, ...actions.map(({ label }) => `[${label}]`)].join(' | ');

it.each<[string, Message]>([
  ['Some settings do not fit this model | Something is wrong.', say('INVALID_REQUEST')],
  ['The API does not accept this key | Check that all of it was copied. A new key takes a few seconds to work. | [Use another key]', say('UNAUTHENTICATED')],
  ['The API does not accept this token | Check that all of it was copied and that it has not expired. | [Use another key]', say('UNAUTHENTICATED', { credentials: 'token' })],
  ['Your session has ended | Sign in again. Your prompt is kept. | [Sign in]', say('UNAUTHENTICATED', { credentials: 'session' })],
  ['You may not use this API | Your key has no access. Ask whoever runs it. | [Use another key]', say('FORBIDDEN')],
  ['You may not use this API | Your account has no access. Ask whoever runs it.', say('FORBIDDEN', { credentials: 'session' })],
  ['This image does not exist | It was deleted, has expired, or belongs to someone else. | [Gallery]', say('NOT_FOUND')],
  ['This image does not exist | It was deleted, has expired, or belongs to someone else.', say('NOT_FOUND', { hasGallery: false })],
  ['Still generating | The first attempt is not finished. This one waits and tries again by itself in 12 s. | [Try now] | [Cancel]', say('IN_PROGRESS', { repeatAt: REPEAT_AT })],
  ['Still generating | The first attempt is not finished. | [Try again]', say('IN_PROGRESS')],
  ['These images are too large | Together they may have 18.6 MB. Use a smaller file. | [Choose another]', say('PAYLOAD_TOO_LARGE', { maxImageBytes: 18_675_000 })],
  ['These images are too large | Use a smaller file. | [Choose another]', say('PAYLOAD_TOO_LARGE')],
  ['This file type does not work | Use PNG, JPEG or WebP. | [Choose another]', say('UNSUPPORTED_MEDIA_TYPE')],
  ['The request changed on its way | Nothing was charged. | [Generate again]', say('IDEMPOTENCY_MISMATCH')],
  ['Filtered | The safety filter stopped this image. Change the words and try again: the same words are filtered again. | [Change the prompt]', say('CONTENT_FILTERED')],
  ['Filtered | The safety filter stopped this image. It may have been charged. Change the words and try again: the same words are filtered again. | [Change the prompt]', say('CONTENT_FILTERED', {}, { filtered: 'prompt', charged: 'maybe' })],
  ['This image was filtered | The safety filter does not accept it, or cannot read it (WebP, above 4 MB). Use another one. | [Choose another]', say('CONTENT_FILTERED', {}, { filtered: 'input' })],
  ['Filtered after it was generated | The image did not pass the safety filter and is not shown. It may have been charged. Change the words. | [Change the prompt]', say('CONTENT_FILTERED', {}, { filtered: 'output' })],
  ['Filtered after it was generated | The image did not pass the safety filter and is not shown. It was charged. Change the words. | [Change the prompt]', say('CONTENT_FILTERED', {}, { filtered: 'output', charged: 'yes' })],
  ['Filtered after it was generated | The image did not pass the safety filter and is not shown. Change the words. | [Change the prompt]', say('CONTENT_FILTERED', {}, { filtered: 'output', charged: 'no' })],
  ['Too many requests just now | This one waits and tries again by itself in 12 s. Nothing is charged twice. | [Try now] | [Cancel]', say('THROTTLED', { repeatAt: REPEAT_AT })],
  ['Too many requests just now | Wait a minute, then try again. Nothing was charged. | [Try again]', say('THROTTLED')],
  ["Today's quota of this key is used up | A new day starts at 00:00.", say('QUOTA_EXCEEDED')],
  ["Today's budget is used up | $5.00 of $5.00. A new day starts at 00:00. Your prompt is kept.", say('QUOTA_EXCEEDED', { budget: BUDGET }, { budgetRemainingUsd: 0 })],
  ["Today's budget is used up | $0.02 left, which is not enough for this request. A new day starts at 00:00. Your prompt is kept.", say('QUOTA_EXCEEDED', {}, { budgetRemainingUsd: 0.02 })],
  ["Today's budget is used up | A new day starts at 00:00. Your prompt is kept.", say('QUOTA_EXCEEDED', {}, { budgetRemainingUsd: 0.001 })],
  // the quota of a key of an API with a budget
  ["Today's quota of this key is used up | A new day starts at 00:00.", say('QUOTA_EXCEEDED', { budget: BUDGET })],
  ["Today's budget is used up | $5.00 of $5.00. A new day starts at 00:00. Your prompt is kept.", say('QUOTA_EXCEEDED', { budget: BUDGET, credentials: 'session' })],
  ['The API failed | The operator finds this request by its number. | [Try again] | [Copy number]', say('INTERNAL')],
  ['The API failed | The operator finds this request by its number. The image may have been charged. | [Try again] | [Copy number]', say('INTERNAL', {}, { charged: 'maybe' })],
  ['The API failed | The operator finds this request by its number. The image was charged. | [Try again] | [Copy number]', say('INTERNAL', {}, { charged: 'yes' })],
  ['The API failed | The operator finds this request by its number. Nothing was charged. | [Try again] | [Copy number]', say('INTERNAL', {}, { charged: 'no' })],
  ['This model is not available | The operator has to enable it. Nothing was charged. | [Use another model] | [Copy number]', say('MODEL_UNAVAILABLE')],
  ['This model is not available | The operator has to enable it. | [Copy number]', say('MODEL_UNAVAILABLE', { hasOtherModels: false }, { charged: 'maybe' })],
  ['The model failed | This image may have been charged, so it was not tried again by itself. | [Try again, about $0.04] | [Copy number]', say('MODEL_ERROR', { aboutCost: 'about $0.04' })],
  ['The model failed | Nothing was charged. | [Try again] | [Copy number]', say('MODEL_ERROR', {}, { charged: 'no' })],
  ['The model is busy | This one waits and tries again by itself in 20 s. | [Try now] | [Cancel]', say('MODEL_BUSY', { repeatAt: PAGE_NOW + 20_000 })],
  ['The model is busy | This one tries again by itself now. | [Try now] | [Cancel]', say('MODEL_BUSY', { repeatAt: PAGE_NOW - 1 })],
  ['The model is busy | Wait a minute, then try again. Nothing was charged. | [Try again]', say('MODEL_BUSY')],
  ['The model took too long | It may have been charged. Trying again first looks for the image. | [Try again]', say('MODEL_TIMEOUT', { aboutCost: 'about $0.04' })],
  ['The model took too long | Trying again first looks for the image. | [Try again]', say('MODEL_TIMEOUT', {}, { charged: 'no' })],
  ['The model took too long | The image was looked up and does not exist. It may have been charged. | [Generate again, about $0.04]', say('MODEL_TIMEOUT', { replayed: true, aboutCost: 'about $0.04' })],
])('%s', (expected, message) => {
  expect(line(message)).toBe(expected);
});

it('messages say that a request is repeated by itself only for codes that are', () => {
  for (const code of CODES) {
    expect([code, /by itself in/.test(say(code, { repeatAt: REPEAT_AT }).text)]).toEqual([code, repeatDelay({ code, repeats: 0, random: 0 }) !== undefined]);
  }
});

it('a code of a later version of the API is a failure of the API', () => {
  for (const code of ['NEW_CODE', 'constructor']) expect(say('INTERNAL', {}, { code: code as ErrorCode }).title).toBe('The API failed');
});

it('the detail of a problem is a sentence, or nothing', () => {
  expect(say('INVALID_REQUEST', {}, { detail: 'count must be 1.' }).text).toBe('Count must be 1.');
  expect(say('INVALID_REQUEST', {}, { detail: ' ' }).text).toBe('Change them and try again.');
});

it('titles contain no codes', () => {
  for (const code of CODES) expect(say(code).title).not.toMatch(/[A-Z]{3,}_|\d{3}/);
});
