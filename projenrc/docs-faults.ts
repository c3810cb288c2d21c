import type { awscdk } from 'projen';
import { Component } from 'projen';

/** Adds `npm run docs:faults`, which renders the rows of the fault matrix as docs/faults.md. A test fails when the page is outdated. */
export class DocsFaults extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);
    project.addTask('docs:faults', {
      description: 'Render docs/faults.md from the rows of the fault matrix in test/fixtures/faults',
      exec: 'tsx projenrc/scripts/render-faults.ts',
    });
  }
}
