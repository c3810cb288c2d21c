import type { awscdk } from 'projen';
import { Component } from 'projen';

/** Adds `npm run docs:diagram`, which renders the architecture diagram of the README. A test fails when the SVG file is outdated. */
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
