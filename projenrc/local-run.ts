import { awscdk, Component } from 'projen';

/** `npm run demo` and `npm run local`: the example apps on this machine, without Docker and without an AWS account. */
export class LocalRun extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);
    // plain scripts: `npm run demo -- --prompt "..."` must hand over its arguments untouched
    project.package.setScript('demo', 'tsx examples/local/demo.ts');
    project.package.setScript('local', 'tsx examples/local/local.ts');
  }
}
