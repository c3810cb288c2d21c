// Replaces the tutorial "Image Generation API with Titan", with the same routes, requests and responses.
import { App, CfnOutput, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { ApiAuth, ApiRoutes, GenAiImageApi, ImageModel, ImageStorage, LegacyMethod, LegacyReply } from 'cdk-genai-image-api';

const app = new App();
const stack = new Stack(app, 'ReferenceR2');

const images = new GenAiImageApi(stack, 'Images', {
  model: ImageModel.STABLE_IMAGE_CORE,
  routes: [
    ApiRoutes.standard(),
    ApiRoutes.legacy({
      path: '/generate-image',
      methods: [LegacyMethod.GET, LegacyMethod.POST],
      // The model does not support cfgScale. The API accepts, ignores and reports it.
      parameters: { numberOfImages: 'count', height: 'height', width: 'width', cfgScale: 'cfgScale', seed: 'seed' },
      reply: LegacyReply.presignedUrl(),
    }),
  ],
  // Allows anonymous access, as the tutorial does. To require credentials, see "Restrict access" in the README.
  auth: ApiAuth.none(),
  limits: { rateLimit: 5, burstLimit: 10 },
  corsOrigins: ['*'],
  presignTtl: Duration.hours(1),
  // Delete all images with the stack.
  storage: ImageStorage.managed({ autoDeleteObjects: true }),
  removalPolicy: RemovalPolicy.DESTROY,
});

new CfnOutput(stack, 'ImagesUrl', { value: images.url });
