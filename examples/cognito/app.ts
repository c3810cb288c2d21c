import { App, CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import { ApiAuth, GenAiImageApi, ImagePlayground } from 'cdk-genai-image-api';

const app = new App();
const stack = new Stack(app, 'Cognito');

const userPool = new cognito.UserPool(stack, 'Users', { signInAliases: { email: true }, removalPolicy: RemovalPolicy.DESTROY });
// The sign-in pages of the playground. The prefix is unique in a Region.
const domain = userPool.addDomain('SignIn', {
  cognitoDomain: { domainPrefix: `images-${stack.account}` },
  managedLoginVersion: cognito.ManagedLoginVersion.NEWER_MANAGED_LOGIN,
});
// An app client of another application, for example a script.
const client = userPool.addClient('Web', { authFlows: { userPassword: true } });

const images = new GenAiImageApi(stack, 'Images', {
  auth: ApiAuth.cognito(userPool),
  corsOrigins: ['http://localhost:5173'],
});

// The web page. It has an app client of its own, which returns to the page only.
const playground = new ImagePlayground(stack, 'Playground', { api: images, signIn: { domain } });

new CfnOutput(stack, 'ImagesUrl', { value: images.url });
new CfnOutput(stack, 'PlaygroundUrl', { value: playground.url });
new CfnOutput(stack, 'UserPoolId', { value: userPool.userPoolId });
new CfnOutput(stack, 'ClientId', { value: client.userPoolClientId });
