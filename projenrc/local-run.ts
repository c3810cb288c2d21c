import { type awscdk, Component } from 'projen';

/** Adds `npm run demo` and `npm run local`, which run the example apps locally without Docker and without an AWS account. */
export class LocalRun extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);
    // npm scripts instead of projen tasks pass arguments unchanged. `exec` replaces the shell, so that signals reach the Node.js process.
    project.package.setScript('demo', 'exec node --import tsx local/demo.ts');
    project.package.setScript('local', 'exec node --import tsx local/local.ts');
  }
}
