// Replaces a "Stable Diffusion on SageMaker" app: asynchronous image generation, a web page and alarms.
import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { ApiAuth, ApiRoutes, Delivery, GenAiImageApi, ImageModel, ImagePlayground, LegacyReply } from 'cdk-genai-image-api';

const app = new App();
const stack = new Stack(app, 'ReferenceR3');

// The existing endpoint, from cdk.json or -c endpointName=...
const endpointName: string | undefined = app.node.tryGetContext('endpointName');
if (!endpointName) throw new Error("context 'endpointName' is missing; pass the name of your SageMaker endpoint: -c endpointName=...");

const images = new GenAiImageApi(stack, 'Images', {
  model: ImageModel.sageMakerEndpoint(endpointName),
  routes: [
    // The web page calls the standard routes.
    ApiRoutes.standard(),
    ApiRoutes.legacy({
      path: '/generate',
      promptParameter: 'text',
      // The model has no style parameter, so the style is appended to the prompt.
      parameters: { style: 'prompt', resolution: 'size' },
      reply: LegacyReply.job({ statusPath: '/image/{image_id}' }),
    }),
  ],
  // The instance generates one image at a time. Higher concurrency only adds wait time at the endpoint.
  delivery: Delivery.queued({ maxConcurrency: 2, timeout: Duration.minutes(2) }),
  auth: ApiAuth.apiKey({ clients: ['web', 'partner'] }),
});

const page = new ImagePlayground(stack, 'Page', { api: images, title: 'Stable Diffusion image generator' });

// Alarms on errors, failed jobs and model latency. An image of this model takes up to 30 seconds.
images.addAlarms('Alarms', { modelLatency: { threshold: 30_000, period: Duration.minutes(5), evaluationPeriods: 3 } });

new CfnOutput(stack, 'ImagesUrl', { value: images.url });
new CfnOutput(stack, 'SiteUrl', { value: page.url });
