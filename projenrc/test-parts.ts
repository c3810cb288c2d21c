import { awscdk, Component } from 'projen';

/**
 * `npm test` runs every part in order (build, unit tests at the CDK floor, packages, end to end, newest CDK, lint) and
 * sums their results; each part is a task of its own, to be run alone.
 */
export class TestParts extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);
    project.addTask('test:unit', {
      description: 'Type-check all TypeScript; unit and template tests with coverage, at the CDK floor',
      steps: [{ exec: 'tsc --noEmit -p tsconfig.dev.json' }, { exec: 'jest --ci --maxWorkers=2', receiveArgs: true }],
    });
    project.addTask('test:packages', {
      description: 'Synthesize the example apps from the packed npm, Python and Java artifacts',
      exec: 'jest --ci --config test/jest.packages.json',
      receiveArgs: true,
    });
    project.addTask('test:e2e', {
      description: 'Drive the real templates on the local emulator',
      exec: 'jest --ci --config test/jest.e2e.json',
      receiveArgs: true,
    });
    project.addTask('test:cdk-latest', {
      description: 'Unit and template tests against the newest aws-cdk-lib and constructs',
      exec: 'tsx projenrc/scripts/test-cdk-latest.ts',
      receiveArgs: true,
    });
    project.package.setScript('test', 'tsx projenrc/scripts/test-all.ts');
    project.package.setScript('check:slow', 'tsx projenrc/scripts/check-slow.ts');
  }
}
