import { type awscdk, Component } from 'projen';

const HANDLERS = './src/handlers';
const PAGE = './src/playground';
const handlers = (...folders: string[]): string[] => folders.map((folder) => `${HANDLERS}/${folder}`);

/** Folders of src/handlers, each with the folders that it can import. CONTRIBUTING.md shows them as layers. */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  shared: [],
  images: ['shared'],
  generation: ['images', 'shared'],
  requests: ['generation', 'images', 'shared'],
  jobs: ['requests', 'generation', 'shared'],
  http: ['requests', 'jobs', 'generation', 'images', 'shared'],
  models: ['generation', 'images', 'shared'],
  adapters: ['generation', 'shared'],
  authorizers: ['shared'],
};

/** An area of src, and the parts of src that it cannot import. */
interface Zone {
  readonly target: string;
  readonly from: readonly string[];
  readonly message: string;
}

// the rule accepts either patterns or paths in one list
const CONSTRUCT = ['./src/*.ts', './src/private/!(contract)/**', './src/private/*.ts'];

function zones(): Zone[] {
  const folders = [...Object.keys(LAYERS), 'functions'];
  const layers = Object.entries(LAYERS).map(([folder, allowed]): Zone => ({
    target: `${HANDLERS}/${folder}`,
    from: handlers(...folders.filter((other) => other !== folder && !allowed.includes(other))),
    message: `${folder} can import ${[...allowed, 'the contract'].join(', ')} only`,
  }));
  return [
    { target: './src/private/contract', from: ['./src/!(private)/**', './src/*.ts', './src/private/!(contract)/**', './src/private/*.ts'], message: 'the contract imports nothing outside of it' },
    { target: './src/private', from: [HANDLERS, PAGE], message: 'the construct, the handlers and the page share the contract only' },
    { target: './src/*.ts', from: [HANDLERS, PAGE], message: 'the construct, the handlers and the page share the contract only' },
    { target: HANDLERS, from: [...CONSTRUCT, `${PAGE}/**`], message: 'handlers import the contract only, because they are bundled without the CDK' },
    { target: PAGE, from: [...CONSTRUCT, `${HANDLERS}/**`], message: 'the page imports the contract only, because it is bundled for browsers' },
    ...layers,
  ];
}

/** Adds lint rules for the boundaries of src: no import cycles, restricted paths, and `import type` for types. */
export class Boundaries extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);
    const { eslint } = project;
    eslint?.addRules({
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      'import/no-restricted-paths': ['error', { zones: zones() }],
    });
    // the rule takes most of the time of the linter, so it checks src only
    eslint?.addOverride({ files: ['src/**/*.ts', 'src/**/*.tsx'], rules: { 'import/no-cycle': ['error', { ignoreExternal: true }] } });
    // examples read like apps of users
    eslint?.addOverride({ files: ['examples/**/*.ts'], rules: { '@typescript-eslint/consistent-type-imports': 'off' } });
    eslint?.addOverride({
      files: [`${HANDLERS.slice(2)}/**/*.ts`],
      rules: { 'no-restricted-imports': ['error', { patterns: [{ group: ['@aws-sdk/*', '@smithy/*'], message: 'only adapters, models and shared/sdk.ts use the AWS SDK' }] }] },
    });
    eslint?.addOverride({
      files: ['adapters/**', 'models/**', 'shared/sdk.ts'].map((path) => `${HANDLERS.slice(2)}/${path}`),
      rules: { 'no-restricted-imports': 'off' },
    });
    // import/no-cycle ignores type-only imports
    eslint?.eslintTask.exec('tsx projenrc/scripts/import-cycles.ts src');
  }
}
