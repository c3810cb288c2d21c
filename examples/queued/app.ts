import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { ApiAuth, Delivery, GenAiImageApi } from 'cdk-genai-image-api';

const app = new App();
const stack = new Stack(app, 'Queued');

const images = new GenAiImageApi(stack, 'Images', {
  // At most four jobs run concurrently, each for up to one minute.
  delivery: Delivery.queued({ maxConcurrency: 4, timeout: Duration.minutes(1) }),
  auth: ApiAuth.apiKey({ clients: ['alice', 'bob'] }),
  corsOrigins: ['http://localhost:5173'],
  // High limits for load tests. The defaults are 10 requests per second and a burst of 20.
  limits: { rateLimit: 500, burstLimit: 1000 },
});

new CfnOutput(stack, 'ImagesUrl', { value: images.url });
