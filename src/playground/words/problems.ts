/** The message of each error code. A new code does not compile without words. */
import { type Formats } from './formats';
import { type Message, message, withCost } from './message';
import { type BudgetFacts, imageMissing } from './situations';
import { type ErrorCode } from '../../private/contract/errors';
import { type ApiProblem } from '../api-result';

/** What messages say about the situation. */
export interface ProblemContext {
  readonly formats: Formats;
  /** Type of the credentials: the words of 401 and 403 depend on it. */
  readonly credentials: 'key' | 'session' | 'token' | 'none';
  /** Whether the API has a gallery. */
  readonly hasGallery: boolean;
  /** Whether the API has other models. */
  readonly hasOtherModels: boolean;
  /** Epoch milliseconds at which the request is repeated by itself. Absent if it is not. */
  readonly repeatAt?: number;
  /** Whether this is the remembered error of an earlier request with the same key. */
  readonly replayed?: boolean;
  /** What the image costs, such as "about $0.04". Absent if it is not known. */
  readonly aboutCost?: string;
  /** The daily budget, if the API has one. */
  readonly budget?: BudgetFacts;
  /** Limit of input images together, in bytes. */
  readonly maxImageBytes?: number;
}

type Words = (problem: ApiProblem, context: ProblemContext) => Message;

/** Returns the message of a problem. */
export function problemMessage(problem: ApiProblem, context: ProblemContext): Message {
  return (Object.hasOwn(MESSAGES, problem.code) ? MESSAGES[problem.code] : MESSAGES.INTERNAL)(problem, context);
}

const MESSAGES: Readonly<Record<ErrorCode, Words>> = {
  INVALID_REQUEST: ({ detail }) => message('Some settings do not fit this model', sentence(detail)),
  UNAUTHENTICATED: (_, { credentials }) => {
    switch (credentials) {
      case 'key': return message('The API does not accept this key', 'Check that all of it was copied. A new key takes a few seconds to work.', 'useAnotherKey');
      case 'token': return message('The API does not accept this token', 'Check that all of it was copied and that it has not expired.', 'useAnotherKey');
      default: return message('Your session has ended', 'Sign in again. Your prompt is kept.', 'signIn');
    }
  },
  FORBIDDEN: (_, { credentials }) => (
    credentials === 'session' || credentials === 'none'
      ? message('You may not use this API', 'Your account has no access. Ask whoever runs it.')
      : message('You may not use this API', `Your ${credentials} has no access. Ask whoever runs it.`, 'useAnotherKey')
  ),
  NOT_FOUND: (_, { hasGallery }) => imageMissing(...(hasGallery ? ['openGallery'] as const : [])),
  IN_PROGRESS: (_, context) => message('Still generating', `The first attempt is not finished.${repeatText(context)}`, ...repeatActions(context)),
  PAYLOAD_TOO_LARGE: (_, { maxImageBytes, formats }) => message(
    'These images are too large', `${maxImageBytes === undefined ? '' : `Together they may have ${megabytes(maxImageBytes, formats)}. `}Use a smaller file.`, 'chooseImage',
  ),
  UNSUPPORTED_MEDIA_TYPE: () => message('This file type does not work', 'Use PNG, JPEG or WebP.', 'chooseImage'),
  IDEMPOTENCY_MISMATCH: () => message('The request changed on its way', 'Nothing was charged.', 'generateAgain'),
  CONTENT_FILTERED: (problem) => FILTERED[problem.filtered ?? 'prompt'](problem),
  THROTTLED: (_, context) => message(
    'Too many requests just now', context.repeatAt === undefined ? 'Wait a minute, then try again. Nothing was charged.' : `${repeatSentence(context)} Nothing is charged twice.`,
    ...repeatActions(context),
  ),
  QUOTA_EXCEEDED: (problem, context) => quotaMessage(problem, context),
  INTERNAL: (problem) => message(
    'The API failed', `The operator finds this request by its number.${chargeText(problem)}`, 'tryAgain', 'copyNumber',
  ),
  MODEL_UNAVAILABLE: (problem, { hasOtherModels }) => message(
    'This model is not available', `The operator has to enable it.${problem.charged === 'maybe' || problem.charged === 'yes' ? '' : ' Nothing was charged.'}`,
    ...(hasOtherModels ? ['useAnotherModel'] as const : []), 'copyNumber',
  ),
  MODEL_ERROR: (problem, { aboutCost }) => withCost(message(
    'The model failed',
    problem.charged === 'no' ? 'Nothing was charged.' : 'This image may have been charged, so it was not tried again by itself.',
    'tryAgain', 'copyNumber',
  ), aboutCost),
  MODEL_BUSY: (_, context) => message(
    'The model is busy', context.repeatAt === undefined ? 'Wait a minute, then try again. Nothing was charged.' : repeatSentence(context), ...repeatActions(context),
  ),
  MODEL_TIMEOUT: (problem, { replayed, aboutCost }) => (
    replayed
      ? withCost(message('The model took too long', 'The image was looked up and does not exist. It may have been charged.', 'generateAgain'), aboutCost)
      : message('The model took too long', `${problem.charged === 'no' ? '' : 'It may have been charged. '}Trying again first looks for the image.`, 'tryAgain')
  ),
};

const FILTERED: Readonly<Record<'prompt' | 'input' | 'output', (problem: ApiProblem) => Message>> = {
  prompt: (problem) => message(
    'Filtered',
    `The safety filter stopped this image. ${possibleCharge(problem)}Change the words and try again: the same words are filtered again.`,
    'changePrompt',
  ),
  input: (problem) => message(
    'This image was filtered',
    `The safety filter does not accept it, or cannot read it (WebP, above 4 MB). ${possibleCharge(problem)}Use another one.`,
    'chooseImage',
  ),
  output: ({ charged = 'maybe' }) => message(
    'Filtered after it was generated',
    `The image did not pass the safety filter and is not shown. ${possibleCharge({ charged })}Change the words.`,
    'changePrompt',
  ),
};

function possibleCharge({ charged }: Pick<ApiProblem, 'charged'>): string {
  switch (charged) {
    case 'maybe': return 'It may have been charged. ';
    case 'yes': return 'It was charged. ';
    default: return '';
  }
}

function chargeText({ charged }: ApiProblem): string {
  switch (charged) {
    case 'no': return ' Nothing was charged.';
    case 'yes': return ' The image was charged.';
    case 'maybe': return ' The image may have been charged.';
    default: return '';
  }
}

/** The quota of a key and the budget have the same code. Responses over budget say what remains. */
function quotaMessage({ budgetRemainingUsd }: ApiProblem, { budget, credentials, formats }: ProblemContext): Message {
  const isBudget = budgetRemainingUsd !== undefined || (budget !== undefined && credentials !== 'key');
  const newDay = `A new day starts at ${formats.time(budget?.resetsAt ?? nextUtcDay(formats.now()))}.`;
  if (!isBudget) return message("Today's quota of this key is used up", newDay);
  return message("Today's budget is used up", `${spentText(budgetRemainingUsd ?? budget?.remainingUsd, budget?.limitUsd, formats)}${newDay} Your prompt is kept.`);
}

function spentText(remainingUsd: number | undefined, limitUsd: number | undefined, formats: Formats): string {
  if (remainingUsd === undefined) return '';
  if (limitUsd !== undefined) return `${formats.money(limitUsd - remainingUsd)} of ${formats.money(limitUsd)}. `;
  return remainingUsd < SMALLEST_SHOWN_USD ? '' : `${formats.money(remainingUsd)} left, which is not enough for this request. `;
}

/** Less is shown as $0.00. */
const SMALLEST_SHOWN_USD = 0.005;
const DAY_MS = 86_400_000;

function nextUtcDay(now: number): number {
  return (Math.floor(now / DAY_MS) + 1) * DAY_MS;
}

function repeatSentence({ repeatAt = 0, formats }: ProblemContext): string {
  const seconds = Math.max(0, Math.ceil((repeatAt - formats.now()) / 1000));
  return seconds === 0 ? 'This one tries again by itself now.' : `This one waits and tries again by itself in ${formats.duration(seconds)}.`;
}

function repeatText(context: ProblemContext): string {
  return context.repeatAt === undefined ? '' : ` ${repeatSentence(context)}`;
}

function repeatActions({ repeatAt }: ProblemContext): readonly ('tryNow' | 'cancel' | 'tryAgain')[] {
  return repeatAt === undefined ? ['tryAgain'] : ['tryNow', 'cancel'];
}

function megabytes(bytes: number, formats: Formats): string {
  return `${formats.number(Math.floor(bytes / 100_000) / 10)} MB`;
}

/** Details of errors begin in lower case and have no period. */
function sentence(detail: string): string {
  const text = detail.trim();
  if (text === '') return 'Change them and try again.';
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.?]$/.test(text) ? '' : '.'}`;
}
