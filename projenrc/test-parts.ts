import { type awscdk, Component } from 'projen';

/**
 * Adds `npm test`, which runs every part (build, unit tests with the minimum CDK version, tests with the latest CDK version, lint, packages,
 * end-to-end tests, guard of the benchmark) and prints the totals. Each part is also a separate task.
 */
export class TestParts extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);
    project.addTask('test:unit', {
      description: 'Type-check all TypeScript; run unit and template tests with the minimum CDK version',
      steps: [{ exec: 'tsc --noEmit -p tsconfig.dev.json' }, { exec: 'jest --ci --maxWorkers=2', receiveArgs: true }],
    });
    project.addTask('test:quick', {
      description: 'Type-check, lint the changed files and run their unit tests, in about 2 minutes',
      exec: 'tsx projenrc/scripts/test-quick.ts',
      receiveArgs: true,
    });
    project.addTask('lint', {
      description: 'Lint the given files',
      env: { ESLINT_USE_FLAT_CONFIG: 'false', NODE_NO_WARNINGS: '1' },
      exec: 'eslint --no-error-on-unmatched-pattern',
      receiveArgs: true,
    });
    project.addTask('test:packages', {
      description: 'Compile and synthesize the example apps with the packed npm, Python and Java artifacts',
      exec: 'jest --ci --config test/jest.packages.json',
      receiveArgs: true,
    });
    project.addTask('test:e2e', {
      description: 'Deploy the example apps to the local emulator, send requests, and open the playground in Chromium',
      steps: [{ exec: 'tsx test/helpers/e2e/install-chromium.ts' }, { exec: 'jest --ci --config test/jest.e2e.json', receiveArgs: true }],
    });
    project.addTask('test:cdk-latest', {
      description: 'Run unit and template tests with the latest aws-cdk-lib and constructs',
      exec: 'tsx projenrc/scripts/test-cdk-latest.ts',
      receiveArgs: true,
    });
    project.package.setScript('test', 'tsx projenrc/scripts/test-all.ts');
    project.package.setScript('check:slow', 'tsx projenrc/scripts/check-slow.ts');
    // `exec` replaces the shell, so that signals reach the benchmark, which stops its processes
    project.package.setScript('bench', 'exec node --import tsx test/bench/run-bench.ts');
  }
}
