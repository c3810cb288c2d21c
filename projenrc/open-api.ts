import { type awscdk, Component } from 'projen';

/**
 * Adds `npm run openapi`, which renders the contract as an OpenAPI document and a Postman collection.
 *
 * Both files are committed, so that a change of the contract is visible in the diff. A test fails when they are outdated.
 */
export class OpenApi extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);
    project.addTask('openapi', {
      description: 'Render the OpenAPI document and the Postman collection of the package',
      exec: 'tsx projenrc/scripts/render-openapi.ts',
    });
  }
}
