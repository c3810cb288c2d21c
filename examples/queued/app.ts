import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { ApiAuth, Delivery, GenAiImageApi } from 'cdk-genai-image-api';

const app = new App();
const stack = new Stack(app, 'Queued');

const images = new GenAiImageApi(stack, 'Images', {
  // four jobs at once, whatever comes in; each has a minute
  delivery: Delivery.queued({ maxConcurrency: 4, timeout: Duration.minutes(1) }),
  auth: ApiAuth.apiKey({ clients: ['alice', 'bob'] }),
  // for trying it out; the default is 10 and 20
  limits: { rateLimit: 500, burstLimit: 1000 },
});

new CfnOutput(stack, 'ImagesUrl', { value: images.url });
