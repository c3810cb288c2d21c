/** A part of the handlers that spends money or protects it, with the tests that cover it. */
export interface MutationArea {
  /** Globs in src/handlers. */
  readonly mutate: readonly string[];
  /** Folders (with a trailing slash) and files (without `.test.ts`) in test/handlers. */
  readonly tests: readonly string[];
}

const EVENTS = 'generation/publish-event.ts';

/**
 * The areas of the mutation tests. Each mutant loads all test files of its area and runs the tests that cover it, so an area has few test
 * files: about one second for each mutant instead of ten.
 */
export const MUTATION_AREAS: Readonly<Record<string, MutationArea>> = {
  idempotency: {
    mutate: ['generation/idempotency.ts', 'generation/storage/keys.ts', 'generation/text/**/*.ts'],
    tests: ['claims', 'enhance-prompt', 'guardrail', 'idempotency', 'storage/keys', 'lost-responses', 'spend/budget', 'spend/charges'].map((name) => `generation/${name}`)
      .concat('http/openai/retries', 'jobs/job-budget'),
  },
  images: {
    mutate: ['image-generator', 'storage/image-slots', 'storage/not-stored', 'storage/records', 'storage/store-image'].map((name) => `generation/${name}.ts`),
    tests: [
      'several-images', 'stored-failures', 'lost-responses', 'guardrail', 'idempotency', 'enhance-prompt', 'publish-event', 'spend/budget', 'spend/charges', 'measurement/log-measurements',
    ].map((name) => `generation/${name}`).concat('http/routes/request-parameters'),
  },
  outcomes: {
    mutate: ['generation/idempotent-generator.ts'],
    tests: ['idempotency', 'lost-responses', 'enhance-prompt', 'guardrail', 'publish-event', 'spend/charges', 'measurement/log-measurements'].map((name) => `generation/${name}`)
      .concat('http/openai/retries', 'jobs/enqueue'),
  },
  budget: {
    mutate: ['generation/spend/**/*.ts', 'adapters/dynamodb/dynamo-budgets.ts'],
    tests: ['generation/spend/', 'generation/stored-failures', 'jobs/job-budget', 'adapters/dynamodb/dynamo-budgets'],
  },
  inputs: { mutate: ['generation/input-image-loader.ts'], tests: ['generation/input-image-loader', 'http/routes/edit-images', 'http/routes/image-source'] },
  preparation: {
    mutate: ['deadlines', 'prepare', 'retry', 'seeds', 'types'].map((name) => `generation/${name}.ts`),
    tests: ['deadlines', 'enhance-prompt', 'guardrail', 'retry', 'seeds', 'several-images'].map((name) => `generation/${name}`),
  },
  requests: {
    mutate: ['requests/*.ts', '!requests/image-size.ts', '!requests/validation-errors.ts'],
    tests: ['edit-images', 'create-images', 'generate-text', 'list-models'].map((name) => `http/routes/${name}`)
      .concat('requests/', 'generation/guardrail', 'generation/enhance-prompt'),
  },
  sizes: { mutate: ['requests/image-size.ts'], tests: ['requests/image-size', 'http/openai/nearest-size'] },
  validationErrors: { mutate: ['requests/validation-errors.ts'], tests: ['requests/validation-errors', 'http/routes/create-images', 'http/routes/edit-images'] },
  prompts: { mutate: ['shared/prompt-policy.ts'], tests: ['shared/prompt-policy'] },
  createImages: {
    mutate: ['http/routes/create-images.ts'],
    tests: ['http/routes/create-images', 'http/routes/edit-images', 'jobs/enqueue', 'generation/idempotency'],
  },
  callers: {
    mutate: ['owner', 'caller', 'load-image-bytes'].map((name) => `http/${name}.ts`),
    tests: ['http/owner', 'http/routes/images', 'generation/idempotency', 'http/routes/create-images', 'http/routes/generate-text'],
  },
  records: { mutate: ['adapters/dynamodb/**/*.ts', '!adapters/dynamodb/dynamo-budgets.ts'], tests: ['adapters/dynamodb/'] },
  // without any-response and strict-bodies, which send random values through many modules
  families: { mutate: ['models/families/**/*.ts'], tests: ['build-request', 'parse-response', 'stability-response'].map((name) => `models/families/${name}`) },
  errors: { mutate: ['models/call-errors.ts'], tests: ['models/call-errors'] },
  queue: {
    mutate: ['jobs/**/*.ts', 'adapters/sqs/**/*.ts', 'http/respond-async.ts', 'http/routes/batches.ts'],
    tests: ['jobs/', 'adapters/sqs/', 'generation/publish-event', 'generation/stored-failures', 'generation/spend/charges', 'generation/measurement/'],
  },
  events: { mutate: [EVENTS, 'adapters/eventbridge/**/*.ts'], tests: ['generation/publish-event', 'adapters/eventbridge/'] },
  metrics: {
    mutate: ['generation/measurement/*.ts', 'shared/embedded-metrics.ts'],
    tests: ['observability/scripted-hour', 'shared/embedded-metrics', 'generation/measurement/'],
  },
  openai: { mutate: ['http/openai/**/*.ts'], tests: ['http/openai/'] },
  backgroundRemoval: {
    mutate: ['generation/remove-background.ts'],
    tests: ['http/openai/openai-generations', 'generation/spend/budget', 'generation/spend/charges'],
  },
  legacy: { mutate: ['http/legacy/**/*.ts', 'http/body/coerce.ts'], tests: ['http/legacy/', 'http/body/'] },
  auth: { mutate: ['authorizers/**/*.ts'], tests: ['authorizers/', 'functions/key-authorizer'] },
};
