import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { ApiAuth, GenAiImageApi } from 'cdk-genai-image-api';

const app = new App();
const stack = new Stack(app, 'Quickstart');

const images = new GenAiImageApi(stack, 'Images', {
  auth: ApiAuth.apiKey({ clients: ['alice', 'bob'] }),
  corsOrigins: ['http://localhost:5173'],
  // for trying it out; the default is 10 and 20
  limits: { rateLimit: 50, burstLimit: 100 },
});

new CfnOutput(stack, 'ImagesUrl', { value: images.url });
