import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { ApiAuth, GenAiImageApi } from 'cdk-genai-image-api';

const app = new App();
const stack = new Stack(app, 'Quickstart');

const images = new GenAiImageApi(stack, 'Images', {
  auth: ApiAuth.apiKey({ clients: ['alice', 'bob'] }),
  corsOrigins: ['http://localhost:5173'],
  // Higher limits for local tests. The defaults are 10 requests per second and a burst of 20.
  limits: { rateLimit: 50, burstLimit: 100 },
});

new CfnOutput(stack, 'ImagesUrl', { value: images.url });
