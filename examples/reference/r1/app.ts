// Replaces the sample "GenAI App Backend": text and image generation with configurable model ids.
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { ApiAuth, ApiRoutes, GenAiImageApi, ImageModel, LegacyReply, TextModel } from 'cdk-genai-image-api';

const app = new App();
// The stack needs an explicit region, because the text model is invoked there. Nova Lite has on-demand throughput in us-east-1.
const stack = new Stack(app, 'ReferenceR1', { env: { region: process.env.CDK_DEFAULT_REGION ?? 'us-east-1' } });

// Context values from cdk.json or -c name=value. They replace BEDROCK_IMAGE_MODEL_ID, BEDROCK_MODEL_ID and the API key option of the sample.
const context = (name: string) => String(app.node.tryGetContext(name) ?? '');

const images = new GenAiImageApi(stack, 'Images', {
  model: ImageModel.of(context('imageModelId')),
  textModel: TextModel.of(context('textModelId')),
  routes: [
    ApiRoutes.legacy({
      path: '/text',
      parameters: { temperature: 'temperature', topP: 'topP', top_p: 'topP', maxTokens: 'maxTokens', max_tokens: 'maxTokens' },
      reply: LegacyReply.text(),
    }),
    ApiRoutes.legacy({
      path: '/image',
      parameters: { negativeText: 'negativePrompt', width: 'width', height: 'height', seed: 'seed', cfgScale: 'cfgScale', quality: 'quality' },
      reply: LegacyReply.base64(),
    }),
  ],
  auth: context('apiKey') === 'true' ? ApiAuth.apiKey({ clients: ['web'] }) : ApiAuth.none(),
  limits: { rateLimit: 5, burstLimit: 10 },
  corsOrigins: ['*'],
});

new CfnOutput(stack, 'ImagesUrl', { value: images.url });
