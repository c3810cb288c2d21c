import { App, CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import { ApiAuth, GenAiImageApi } from 'cdk-genai-image-api';

const app = new App();
const stack = new Stack(app, 'Cognito');

const userPool = new cognito.UserPool(stack, 'Users', { signInAliases: { email: true }, removalPolicy: RemovalPolicy.DESTROY });
const client = userPool.addClient('Web', { authFlows: { userPassword: true } });

const images = new GenAiImageApi(stack, 'Images', {
  auth: ApiAuth.cognito(userPool),
  corsOrigins: ['http://localhost:5173'],
});

new CfnOutput(stack, 'ImagesUrl', { value: images.url });
new CfnOutput(stack, 'UserPoolId', { value: userPool.userPoolId });
new CfnOutput(stack, 'ClientId', { value: client.userPoolClientId });
