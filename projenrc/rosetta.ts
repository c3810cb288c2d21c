import { type awscdk, Component } from 'projen';

const TRANSLATED = ['python', 'java', 'go', 'dotnet'];

/** Compiles the snippets of the README and of docstrings. Construct Hub reads the resulting tablet to show them in each language. */
export class Rosetta extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);
    const extract = project.addTask('rosetta:extract', {
      description: 'Compile README and @example snippets (strict)',
      exec: 'jsii-rosetta extract --strict --compile',
    });
    project.postCompileTask.spawn(extract);
    // without a tablet, jsii-pacmak would label TypeScript as Python
    for (const target of TRANSLATED) {
      project.tasks.tryFind(`package:${target}`)?.reset(`jsii-pacmak -v --target ${target} --rosetta-unknown-snippets translate`);
    }
    project.gitignore.exclude('.jsii.tabl.json', '.jsii.tabl.json.gz');
  }
}
