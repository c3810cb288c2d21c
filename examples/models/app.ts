import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { ApiAuth, GenAiImageApi, ImageEdits, ImageModel, TextModel } from 'cdk-genai-image-api';

const app = new App();
// The region of the text model depends on the region of the stack, so the stack needs an explicit region.
const stack = new Stack(app, 'Models', { env: { region: process.env.CDK_DEFAULT_REGION ?? 'us-east-1' } });

const images = new GenAiImageApi(stack, 'Images', {
  model: ImageModel.STABLE_IMAGE_CORE,
  additionalModels: [ImageModel.STABLE_IMAGE_ULTRA, ImageModel.SD3_5_LARGE],
  edits: ImageEdits.all(),
  textModel: TextModel.NOVA_2_LITE,
  promptPolicy: { maxChars: 2000, deny: ['counterfeit money'] },
  auth: ApiAuth.apiKey({ clients: ['alice', 'bob'] }),
  corsOrigins: ['http://localhost:5173'],
  // High limits for load tests. The defaults are 10 requests per second and a burst of 20.
  limits: { rateLimit: 500, burstLimit: 1000 },
});

new CfnOutput(stack, 'ImagesUrl', { value: images.url });
