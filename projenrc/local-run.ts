import { awscdk, Component } from 'projen';

/** `npm run demo` and `npm run local`: the example apps on this machine, without Docker and without an AWS account. */
export class LocalRun extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);
    // plain scripts, so that arguments arrive untouched; exec, so that signals do: a shell in between would die alone
    project.package.setScript('demo', 'exec node --import tsx local/demo.ts');
    project.package.setScript('local', 'exec node --import tsx local/local.ts');
  }
}
