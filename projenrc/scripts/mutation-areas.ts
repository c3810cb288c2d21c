/** A part of the handlers that spends money or protects it, with the tests that cover it. */
export interface MutationArea {
  /** Globs in src/handlers. */
  readonly mutate: readonly string[];
  /** Folders (with a trailing slash) and files (without `.test.ts`) in test/handlers. */
  readonly tests: readonly string[];
}

const EVENTS = 'generation/publish-event.ts';
const BACKGROUND_REMOVAL = 'generation/remove-background.ts';

/**
 * The areas of the mutation tests. Each mutant loads all test files of its area and runs the tests that cover it, so an area has few test
 * files: about one second for each mutant instead of ten.
 */
export const MUTATION_AREAS: Readonly<Record<string, MutationArea>> = {
  idempotency: {
    mutate: ['generation/idempotency.ts', 'generation/keys.ts', 'generation/text/**/*.ts'],
    tests: ['claims', 'enhance-prompt', 'idempotency', 'keys', 'lost-responses'].map((name) => `generation/${name}`).concat('http/openai/retries'),
  },
  images: {
    mutate: ['charges', 'generate', 'image-creator', 'image-slots', 'records', 'store-image'].map((name) => `generation/${name}.ts`),
    tests: ['generation/several-images', 'generation/stored-failures', 'generation/lost-responses', 'generation/guardrail', 'generation/idempotency'],
  },
  budget: {
    mutate: ['generation/spend/**/*.ts', 'adapters/dynamodb/dynamo-budgets.ts'],
    tests: ['generation/spend/', 'jobs/job-budget', 'adapters/dynamodb/dynamo-budgets'],
  },
  inputs: { mutate: ['generation/input-image-loader.ts'], tests: ['generation/input-image-loader'] },
  preparation: {
    mutate: ['deadlines', 'prepare', 'prompt-texts', 'retry', 'seeds', 'types'].map((name) => `generation/${name}.ts`),
    tests: ['deadlines', 'enhance-prompt', 'guardrail', 'retry', 'seeds', 'several-images'].map((name) => `generation/${name}`),
  },
  requests: {
    mutate: ['requests/*.ts', 'shared/prompt-policy.ts', 'http/routes/create-images.ts'],
    tests: ['requests/', 'shared/prompt-policy', 'http/routes/create-images', 'http/routes/edit-images'],
  },
  callers: {
    mutate: ['owner', 'request-context', 'load-image-bytes'].map((name) => `http/${name}.ts`),
    tests: ['http/owner', 'http/routes/images', 'generation/idempotency', 'http/routes/create-images'],
  },
  records: { mutate: ['adapters/dynamodb/**/*.ts'], tests: ['adapters/dynamodb/'] },
  // strict-bodies.test.ts has no part: it sends requests to all routes and the model service
  families: { mutate: ['models/families/**/*.ts'], tests: ['any-response', 'build-request', 'parse-response', 'stability-response'].map((name) => `models/families/${name}`) },
  errors: { mutate: ['models/call-errors.ts'], tests: ['models/call-errors'] },
  queue: {
    mutate: ['jobs/**/*.ts', 'adapters/sqs/**/*.ts', 'http/respond-async.ts', 'http/routes/batches.ts'],
    tests: ['jobs/', 'adapters/sqs/', 'generation/publish-event', 'generation/stored-failures'],
  },
  events: { mutate: [EVENTS, 'adapters/eventbridge/**/*.ts'], tests: ['generation/publish-event', 'adapters/eventbridge/'] },
  metrics: {
    mutate: ['generation/measurement/*.ts', 'shared/embedded-metrics.ts'],
    tests: ['observability/scripted-hour', 'shared/embedded-metrics'],
  },
  openai: { mutate: ['http/openai/**/*.ts', BACKGROUND_REMOVAL], tests: ['http/openai/'] },
  legacy: { mutate: ['http/legacy/**/*.ts', 'http/body/coerce.ts'], tests: ['http/legacy/'] },
  auth: { mutate: ['authorizers/**/*.ts'], tests: ['authorizers/', 'functions/key-authorizer'] },
};
