import { type awscdk, Component } from 'projen';

/**
 * Adds `npm run public-api`, which renders the public API as one line for each type and member, and as `API.md`.
 *
 * The files are committed, so that a change of the API is visible in the diff. A test fails when the first one is outdated.
 */
export class PublicApi extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);
    const task = project.addTask('public-api', {
      description: 'Compile the package and write its public API to test/__snapshots__/public-api.txt and API.md',
      steps: [{ spawn: project.compileTask.name }, { exec: 'tsx projenrc/scripts/public-api.ts' }, { spawn: 'docgen' }],
    });
    project.tasks.tryFind('test:update')?.prependSpawn(task);
  }
}
