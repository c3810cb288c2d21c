// Replaces the tutorial "Text to image, saved to S3": accepts a message and stores a PNG file.
import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { ApiAuth, ApiRoutes, GenAiImageApi, ImageModel, ImageStorage, LegacyReply } from 'cdk-genai-image-api';

const app = new App();
const stack = new Stack(app, 'ReferenceR4');

// In seconds, at most 900. Above 28, first raise the API Gateway quota for the integration timeout.
const timeout = app.node.tryGetContext('timeout') as string | number | undefined;

const images = new GenAiImageApi(stack, 'Images', {
  model: ImageModel.STABLE_IMAGE_CORE,
  routes: [
    ApiRoutes.standard(),
    ApiRoutes.legacy({ path: '/image-generation', promptParameter: 'message', reply: LegacyReply.storedMessage('Image Saved to S3') }),
  ],
  storage: ImageStorage.managed({ prefix: 'output-images/' }),
  ...(timeout !== undefined && { compute: { timeout: Duration.seconds(Number(timeout)) } }),
  auth: ApiAuth.none(),
  limits: { rateLimit: 5, burstLimit: 10 },
});

new CfnOutput(stack, 'ImagesUrl', { value: images.url });
new CfnOutput(stack, 'ImageBucket', { value: images.bucket.bucketName });
