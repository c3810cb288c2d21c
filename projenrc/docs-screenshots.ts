import type { awscdk } from 'projen';
import { Component } from 'projen';

/** Adds `npm run docs:screenshots`, which renders the screenshots of the playground for the documentation. */
export class DocsScreenshots extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);
    project.addTask('docs:screenshots', {
      description: 'Render docs/images/playground from a local run in a browser',
      exec: 'tsx projenrc/scripts/screenshots.ts',
    });
  }
}
