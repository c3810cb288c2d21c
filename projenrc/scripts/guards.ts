/** One expression that protects against a fault. Without it, rows of the fault matrix must fail. */
export interface Guard {
  /** Path of the file. It contains `text` once. */
  readonly file: string;
  readonly text: string;
  /** What replaces the text: the same code without the guard. */
  readonly replacement: string;
  /** What is protected, as a sentence. */
  readonly protects: string;
  /** Rows that must fail without the guard. */
  readonly rows: readonly GuardedRow[];
}

export interface GuardedRow {
  readonly area: string;
  readonly fault: string;
}

const row = (area: string) => (fault: string): GuardedRow => ({ area, fault });
const [model, bucket, table, fn, queue, identity, budget, input] = ['Model', 'Bucket', 'Table', 'Function', 'Queue', 'Identity', 'Budget', 'Input'].map(row);

/** A row that passes without any of the guards. It fails if a change breaks the function altogether, which says nothing about the guard. */
export const CONTROL_ROW = model('The model responds after a second');

const MODEL_GUARDS: readonly Guard[] = [
  {
    file: 'src/handlers/generation/retry.ts',
    text: ' || !error.repeatable',
    replacement: '',
    protects: 'Model calls that may have been charged are not repeated.',
    rows: [model('The model fails (424)')],
  },
  {
    file: 'src/handlers/models/model-client.ts',
    text: 'this.create({ region, maxAttempts: 1,',
    replacement: 'this.create({ region, maxAttempts: 3 as 1,',
    protects: 'The SDK does not repeat model calls.',
    rows: [model('The connection is reset before the response')],
  },
  {
    file: 'src/handlers/images/image-file.ts',
    text: 'if (end === undefined || end > bytes.length) throw new ImageFormatError(\'truncated image\');',
    replacement: '',
    protects: 'Truncated images are neither returned nor sent to a model.',
    rows: [model('The image in the response is truncated'), input('A PNG file that ends after its header')],
  },
  {
    file: 'src/handlers/shared/log.ts',
    text: ': knownSentences(errorText(cause));',
    replacement: ': errorText(cause);',
    protects: 'Messages of services, which quote requests, are not logged.',
    rows: [model('The model fails (424) with a message that quotes the prompt')],
  },
];

const STORAGE_GUARDS: readonly Guard[] = [
  {
    file: 'src/handlers/generation/storage/store-image.ts',
    text: 'await ports.store.findSame(key, image, deadlines.response).catch(',
    replacement: 'await Promise.resolve<StoredImage | undefined>(undefined).catch(',
    protects: 'An image that S3 stored although the write failed is found.',
    rows: [bucket('S3 stores the image, but every response of the write is lost')],
  },
  {
    file: 'src/handlers/shared/sdk.ts',
    text: 'requestTimeout: REQUEST_TIMEOUT_MS, throwOnRequestTimeout: true',
    replacement: '',
    protects: 'A call of a service that does not respond ends early enough to be repeated.',
    rows: [bucket('S3 does not respond to the write')],
  },
  {
    file: 'src/handlers/generation/image-generator.ts',
    text: 'this.ports.log.error(\'record not written\', { id: record.id, ...describeCause(cause) });',
    replacement: 'if (record) throw cause;',
    protects: 'A charged image is returned although its record cannot be written.',
    rows: [table('DynamoDB denies the write of the image record')],
  },
  {
    file: 'src/handlers/generation/spend/budget.ts',
    text: 'await Promise.all(reserved.map((earlier) => this.add(earlier.limit, -amount, deadline)));',
    replacement: '',
    protects: 'The budget of the owner gets its share back if that of the API cannot be reserved.',
    rows: [table('DynamoDB denies the reservation in the budget of the API, after that in the budget of the owner')],
  },
  {
    file: 'src/handlers/generation/idempotency.ts',
    text: 'if (!other || other.holder === claim.holder)',
    replacement: 'if (!other)',
    protects: 'A request recognizes its own claim if the SDK has repeated the write.',
    rows: [table('DynamoDB writes the idempotency key, but the response is lost')],
  },
];

const FUNCTION_GUARDS: readonly Guard[] = [
  {
    file: 'src/handlers/generation/retry.ts',
    text: 'if (clock.now() + delay + MIN_CALL_MS > deadline) throw error;',
    replacement: '',
    protects: 'A model call is repeated only if it can complete before the deadline.',
    rows: [fn('The model throttles a call after 4 seconds, so that a second call cannot complete before the deadline')],
  },
  {
    file: 'src/handlers/generation/idempotency.ts',
    text: 'if (now < other.leaseUntil) throw inProgress(retryAfterLease(other.leaseUntil - now));',
    replacement: '',
    protects: 'Two requests with one `Idempotency-Key` do not generate at the same time.',
    rows: [fn('A second request has the same `Idempotency-Key` while the first one runs')],
  },
  {
    file: 'src/handlers/generation/idempotency.ts',
    text: 'if (other.fingerprint !== claim.fingerprint) {',
    replacement: 'if (other.fingerprint === undefined) {',
    protects: 'An `Idempotency-Key` does not return the image of another request.',
    rows: [fn('The `Idempotency-Key` was used with another body')],
  },
];

const QUEUE_GUARDS: readonly Guard[] = [
  {
    file: 'src/handlers/jobs/process-job.ts',
    text: 'if (state === \'running\' && now < leaseUntil) return retryIn((leaseUntil - now) / 1000);',
    replacement: '',
    protects: 'Two workers do not run one job at the same time.',
    rows: [queue('The message of a job is delivered again while the job runs')],
  },
  {
    file: 'src/handlers/jobs/job-limits.ts',
    text: 'return now - since < limits.maxAgeSeconds * 1000 ? undefined : waitedTooLong(job);',
    replacement: 'return since < 0 ? waitedTooLong(job) : undefined;',
    protects: 'A job that nobody waits for any more is not generated.',
    rows: [queue('The job has exceeded its maximum age')],
  },
  {
    file: 'src/handlers/jobs/worker.ts',
    text: 'failed.push(record.messageId);',
    replacement: '',
    protects: 'A message that could not be processed is received again and ends in the dead-letter queue.',
    rows: [queue('A message is not JSON')],
  },
  {
    file: 'src/handlers/jobs/enqueue.ts',
    text: 'if (reservation && (isReleased || !claim.reservation)) await budget?.settle(job.owner, reservation, 0, deadlines.response);',
    replacement: '',
    protects: 'A job that cannot be enqueued gives its share of the budgets back.',
    rows: [queue('SQS rejects the message of a new job')],
  },
];

const IDENTITY_GUARDS: readonly Guard[] = [
  {
    file: 'src/handlers/http/owner.ts',
    text: 'return `client:${client.name}`;',
    replacement: 'return \'client:alice\';',
    protects: 'Each client reads, deletes, edits and repeats own requests only.',
    rows: [
      identity('The key of another owner reads an image'), identity('The key of another owner deletes an image'),
      identity('The key of another owner edits an image'), identity('Another owner sends the same `Idempotency-Key`'),
    ],
  },
  {
    file: 'src/handlers/authorizers/token-verifier.ts',
    text: 'graceSeconds: clockToleranceSeconds,',
    replacement: 'graceSeconds: clockToleranceSeconds + 3600,',
    protects: 'Expired tokens are rejected.',
    rows: [identity('The token expires while the model generates the image')],
  },
];

const BUDGET_GUARDS: readonly Guard[] = [
  {
    file: 'src/handlers/adapters/dynamodb/dynamo-budgets.ts',
    text: '\'attribute_not_exists(spent) OR spent <= :highest\'',
    replacement: '\'attribute_not_exists(spent) OR spent <= :highest OR spent > :highest\'',
    protects: 'Parallel requests do not exceed a budget.',
    rows: [budget('Two requests are sent at the same time. The response is that of the rejected one'), budget('$0.03 of the daily budget of the owner remain')],
  },
  {
    file: 'src/handlers/generation/spend/within-budget.ts',
    text: 'await budget.settle(owner, reservation, spending.chargedMicroUsd, deadline);',
    replacement: 'void spending.chargedMicroUsd;',
    protects: 'A call that was not charged gives its share back.',
    rows: [budget('A throttled call, which is not charged, gives its share back. The client repeats the request')],
  },
  {
    file: 'src/handlers/generation/image-generator.ts',
    text: 'if (error.mayBeCharged) this.ports.spending.charge(imagePrice(request.model), \'maybe\');',
    replacement: '',
    protects: 'A call that may have been charged counts in the budgets.',
    rows: [budget('A call that may have been charged keeps its share. The client repeats the request')],
  },
  {
    file: 'src/handlers/jobs/process-job.ts',
    text: '...(state === \'running\' && { reservation: undefined }),',
    replacement: '',
    protects: 'A job whose worker was interrupted reserves its next run in addition.',
    rows: [budget('Lambda ends the worker during the model call. The call may have been charged, so the next run would exceed the budget')],
  },
];

const INPUT_GUARDS: readonly Guard[] = [
  {
    file: 'src/handlers/http/request.ts',
    text: 'if (limitError) throw invalidRequest([limitError]);',
    replacement: 'void limitError;',
    protects: 'The validators only get bodies of a limited size and depth.',
    rows: [input('JSON with 100 levels'), input('20,000 fields')],
  },
  {
    file: 'src/handlers/requests/reject-denied.ts',
    text: 'promptPolicy.rejectDenied(data);',
    replacement: '',
    protects: 'Prompts with denied phrases do not reach a model.',
    rows: [input('A denied phrase with other spaces and letters')],
  },
  {
    file: 'src/handlers/requests/input-images.ts',
    text: 'if (bytes > INLINE_MAX_BYTES) {',
    replacement: 'if (bytes < 0) {',
    protects: 'Images that are too large for a response are rejected before they are decoded.',
    rows: [input('A body of 10 MB with an image')],
  },
];

/** The guards of `npm run check:slow guards`. */
export const GUARDS: readonly Guard[] = [
  ...MODEL_GUARDS, ...STORAGE_GUARDS, ...FUNCTION_GUARDS, ...QUEUE_GUARDS, ...IDENTITY_GUARDS, ...BUDGET_GUARDS, ...INPUT_GUARDS,
];
