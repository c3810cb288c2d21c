import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ApiAuth, GenAiImageApi } from 'cdk-genai-image-api';

const app = new App();
const stack = new Stack(app, 'CustomAuth');

// A production authorizer reads the secrets from AWS Secrets Manager or an identity store.
// The principalId that it returns owns the images.
const authorizer = new lambda.Function(stack, 'Partners', {
  runtime: lambda.Runtime.NODEJS_24_X,
  handler: 'index.handler',
  code: lambda.Code.fromInline(`
    const PARTNERS = { 'secret-of-a': 'partner-a', 'secret-of-b': 'partner-b', 'secret-of-c': 'blocked' };
    exports.handler = async ({ headers, methodArn }) => {
      const partner = PARTNERS[Object.entries(headers).find(([name]) => name.toLowerCase() === 'x-partner-secret')?.[1]];
      if (!partner) throw new Error('Unauthorized');
      const Effect = partner === 'blocked' ? 'Deny' : 'Allow';
      return {
        principalId: partner,
        policyDocument: { Version: '2012-10-17', Statement: [{ Effect, Action: 'execute-api:Invoke', Resource: methodArn }] },
      };
    };
  `),
});

const images = new GenAiImageApi(stack, 'Images', {
  auth: ApiAuth.custom(authorizer, { headers: ['X-Partner-Secret'] }),
  corsOrigins: ['http://localhost:5173'],
});

new CfnOutput(stack, 'ImagesUrl', { value: images.url });
