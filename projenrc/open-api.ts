import { awscdk, Component } from 'projen';

/**
 * `npm run openapi`: the contract as files for people and tools. They are committed, so that a change of the contract shows;
 * a test tells when they are old.
 */
export class OpenApi extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);
    project.addTask('openapi', {
      description: 'Render the OpenAPI document and the Postman collection of the package',
      exec: 'tsx projenrc/scripts/render-openapi.ts',
    });
    // the rest of the docs stays in the repository
    project.addPackageIgnore('/docs/*');
    project.addPackageIgnore('!/docs/openapi/');
  }
}
