import { type awscdk, Component } from 'projen';

/** Compiles the snippets of the README and of docstrings. Construct Hub reads the resulting tablet to show them in each language. */
export class Rosetta extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);
    const extract = project.addTask('rosetta:extract', {
      description: 'Compile README and @example snippets (strict)',
      exec: 'jsii-rosetta extract --strict --compile',
    });
    project.postCompileTask.spawn(extract);
    project.gitignore.exclude('.jsii.tabl.json', '.jsii.tabl.json.gz');
  }
}
