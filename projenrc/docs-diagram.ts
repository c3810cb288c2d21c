import type { awscdk } from 'projen';
import { Component } from 'projen';

/** `npm run docs:diagram`: renders the architecture diagram of the README from its text source. A test fails while the SVG is outdated. */
export class DocsDiagram extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);
    project.addDevDeps('@viz-js/viz@^3.31.0');
    project.addTask('docs:diagram', {
      description: 'Render docs/architecture.svg from docs/architecture.dot',
      exec: 'tsx projenrc/scripts/render-diagram.ts',
    });
  }
}
