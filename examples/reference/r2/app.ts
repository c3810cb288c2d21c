// What the tutorial "Image Generation API with Titan" had, with the same routes, requests and answers.
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
      // this model knows no cfgScale: it is accepted, ignored and reported
      parameters: { numberOfImages: 'count', height: 'height', width: 'width', cfgScale: 'cfgScale', seed: 'seed' },
      reply: LegacyReply.presignedUrl(),
    }),
  ],
  // as it was: anybody may call and pay with your money; the README says how to close it
  auth: ApiAuth.none(),
  limits: { rateLimit: 5, burstLimit: 10 },
  corsOrigins: ['*'],
  presignTtl: Duration.hours(1),
  // all images go with the stack
  storage: ImageStorage.managed({ autoDeleteObjects: true }),
  removalPolicy: RemovalPolicy.DESTROY,
});

new CfnOutput(stack, 'ImagesUrl', { value: images.url });
