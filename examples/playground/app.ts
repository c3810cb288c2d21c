import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { ApiAuth, Delivery, GenAiImageApi, ImageEdits, ImageModel, ImagePlayground, TextModel } from 'cdk-genai-image-api';

const app = new App();
const stack = new Stack(app, 'Playground', { env: { region: process.env.CDK_DEFAULT_REGION ?? 'us-east-1' } });

const images = new GenAiImageApi(stack, 'Images', {
  additionalModels: [ImageModel.STABLE_IMAGE_ULTRA],
  edits: ImageEdits.all(),
  textModel: TextModel.NOVA_2_LITE,
  delivery: Delivery.queued(),
  auth: ApiAuth.apiKey({ clients: ['alice', 'bob'] }),
});

const playground = new ImagePlayground(stack, 'Playground', { api: images });

new CfnOutput(stack, 'ImagesUrl', { value: images.url });
new CfnOutput(stack, 'PlaygroundUrl', { value: playground.url });
