/** A part of the handlers that spends money or protects it, with the tests that cover it. */
export interface MutationArea {
  /** Globs in src/handlers. */
  readonly mutate: readonly string[];
  /** Folders (with a trailing slash) and files (without `.test.ts`) in test/handlers. */
  readonly tests: readonly string[];
}

const EVENTS = 'generation/publish-event.ts';
const BACKGROUND_REMOVAL = 'generation/remove-background.ts';

/** The areas of the mutation tests. Each mutant runs only the tests of its area, which takes about one second instead of ten. */
export const MUTATION_AREAS: Readonly<Record<string, MutationArea>> = {
  generation: {
    mutate: ['generation/**/*.ts', `!${EVENTS}`, `!${BACKGROUND_REMOVAL}`],
    tests: ['generation/', 'http/routes/create-images', 'http/routes/edit-images', 'http/openai/retries', 'jobs/'],
  },
  requests: {
    mutate: ['requests/*.ts', 'shared/prompt-policy.ts', ...['owner', 'request-context', 'load-image-bytes', 'routes/create-images'].map((name) => `http/${name}.ts`)],
    tests: [
      'requests/', 'shared/prompt-policy', 'http/owner', 'http/routes/create-images', 'http/routes/edit-images', 'http/routes/images', 'generation/idempotency',
      'generation/several-images', 'generation/input-image-loader',
    ],
  },
  records: { mutate: ['adapters/dynamodb/**/*.ts'], tests: ['adapters/dynamodb/'] },
  errors: { mutate: ['models/call-errors.ts'], tests: ['models/call-errors'] },
  queue: {
    mutate: ['jobs/**/*.ts', 'adapters/sqs/**/*.ts', 'http/respond-async.ts', 'http/routes/batches.ts'],
    tests: ['jobs/', 'adapters/sqs/', 'generation/publish-event', 'generation/stored-failures'],
  },
  events: { mutate: [EVENTS, 'adapters/eventbridge/**/*.ts'], tests: ['generation/publish-event', 'adapters/eventbridge/'] },
  openai: { mutate: ['http/openai/**/*.ts', BACKGROUND_REMOVAL], tests: ['http/openai/'] },
  legacy: { mutate: ['http/legacy/**/*.ts', 'http/body/coerce.ts'], tests: ['http/legacy/'] },
  auth: { mutate: ['authorizers/**/*.ts'], tests: ['authorizers/', 'functions/key-authorizer'] },
};
