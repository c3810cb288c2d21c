// Models past their end of life on Amazon Bedrock. Each one fails synthesis unless the app overrides its life cycle, as it does here.
import { App, Stack } from 'aws-cdk-lib';
import { ApiAuth, GenAiImageApi, ImageModel, ModelLifecycle } from 'cdk-genai-image-api';

const END_OF_LIFE = [
  'amazon.nova-canvas-v1:0', 'amazon.titan-image-generator-v2:0', 'amazon.titan-image-generator-v1', 'stability.stable-image-core-v1:0',
  'stability.stable-image-ultra-v1:0', 'stability.sd3-large-v1:0', 'stability.stable-diffusion-xl-v1', 'stability.stable-diffusion-xl-v0',
];

const app = new App();
const stack = new Stack(app, 'EndOfLife', { env: { region: 'us-east-1' } });

new GenAiImageApi(stack, 'Images', {
  model: ImageModel.STABLE_IMAGE_CORE,
  additionalModels: END_OF_LIFE.map((id) => ImageModel.of(id, { lifecycle: ModelLifecycle.ACTIVE })),
  auth: ApiAuth.apiKey({ clients: ['alice'] }),
});
