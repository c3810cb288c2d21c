/** A part of the code that spends money or guards it, and the tests that answer for it. */
export interface MutationArea {
  /** Below src/handlers. */
  readonly mutate: readonly string[];
  /** Folders and files below test/handlers, without `.test.ts`. */
  readonly tests: readonly string[];
}

const ABOUT_JOBS = ['jobs', 'enqueue', 'batch', 'work'].map((name) => `generation/${name}.ts`);
const ABOUT_EVENTS = ['generation/announce.ts'];
const ABOUT_CUT_OUTS = 'generation/cut-out.ts';

/** One run each: a mutant meets only the tests of its area, so that it takes about a second and not ten. */
export const MUTATION_AREAS: Readonly<Record<string, MutationArea>> = {
  generation: {
    mutate: ['generation/**/*.ts', ...[...ABOUT_JOBS, ...ABOUT_EVENTS, ABOUT_CUT_OUTS].map((file) => `!${file}`)],
    tests: [
      'generation/', 'http/create-images', 'http/idempotency', 'http/several-images', 'http/guardrail', 'http/enhance-prompt', 'http/edit-images',
      'http/openai/attempts', 'worker/jobs', 'remembered-failures', 'events/',
    ],
  },
  requests: {
    mutate: ['create-images', 'generate-request', 'image-inputs', 'prompt-rules', 'wanted', 'caller', 'with-bytes', 'owner'].map((name) => `http/${name}.ts`),
    tests: ['http/create-images', 'http/edit-images', 'http/idempotency', 'http/image-inputs', 'http/prompt-rules', 'http/several-images', 'http/size', 'http/owner', 'http/images'],
  },
  records: { mutate: ['records/**/*.ts'], tests: ['records/'] },
  errors: { mutate: ['models/call-errors.ts'], tests: ['models/call-errors'] },
  queue: {
    mutate: [...ABOUT_JOBS, 'worker/**/*.ts', 'queue/**/*.ts', 'http/later.ts', 'http/batches.ts'],
    tests: ['worker/', 'queue/', 'events/', 'remembered-failures'],
  },
  events: { mutate: [...ABOUT_EVENTS, 'events/**/*.ts'], tests: ['events/'] },
  openai: { mutate: ['http/openai/**/*.ts', ABOUT_CUT_OUTS], tests: ['http/openai/'] },
  legacy: { mutate: ['http/legacy/**/*.ts', 'http/text-values.ts'], tests: ['http/legacy', 'http/legacy-jobs'] },
  auth: { mutate: ['authorizer/**/*.ts', 'key-authorizer/**/*.ts', 'lambda-authorizer.ts'], tests: ['authorizer/', 'key-authorizer/'] },
};
