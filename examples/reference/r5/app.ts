// Replaces the tutorial "Movie Poster Design": GET with a prompt and the inference parameters of Stability AI models.
import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { ApiAuth, ApiRoutes, GenAiImageApi, ImageModel, LegacyMethod, LegacyReply } from 'cdk-genai-image-api';

const app = new App();
const stack = new Stack(app, 'ReferenceR5');

const images = new GenAiImageApi(stack, 'Images', {
  model: ImageModel.STABLE_IMAGE_CORE,
  routes: [
    ApiRoutes.standard(),
    ApiRoutes.legacy({
      path: '/movie-poster-api-design',
      methods: [LegacyMethod.GET],
      // The inference parameters of Stable Diffusion XL and of current models. The API ignores and reports the ones that the model does not support.
      parameters: {
        seed: 'seed',
        negative_prompt: 'negativePrompt',
        aspect_ratio: 'aspectRatio',
        width: 'width',
        height: 'height',
        samples: 'count',
        output_format: 'outputFormat',
        cfg_scale: 'cfgScale',
        steps: 'steps',
        style_preset: 'style',
      },
      reply: LegacyReply.presignedUrl(),
    }),
  ],
  auth: ApiAuth.none(),
  limits: { rateLimit: 5, burstLimit: 10 },
  corsOrigins: ['*'],
  presignTtl: Duration.hours(1),
});

new CfnOutput(stack, 'ImagesUrl', { value: images.url });
