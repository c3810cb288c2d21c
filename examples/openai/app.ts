import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { ApiAuth, ApiRoutes, GenAiImageApi, ImageEdits, ImageModel } from 'cdk-genai-image-api';

const app = new App();
const stack = new Stack(app, 'OpenAi');

const images = new GenAiImageApi(stack, 'Images', {
  // The models for quality 'medium' and 'high'.
  additionalModels: [ImageModel.SD3_5_LARGE, ImageModel.STABLE_IMAGE_ULTRA],
  edits: ImageEdits.all(),
  routes: [ApiRoutes.standard(), ApiRoutes.openAi()],
  auth: ApiAuth.apiKey({ clients: ['alice', 'bob'], acceptBearer: true }),
  corsOrigins: ['http://localhost:5173'],
});

// The base URL for the OpenAI SDKs.
new CfnOutput(stack, 'OpenAiBaseUrl', { value: `${images.url}v1` });
