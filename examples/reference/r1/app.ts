// What the sample "GenAI App Backend" had: text and images, with the ids of both models set from outside.
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { ApiAuth, ApiRoutes, GenAiImageApi, ImageModel, LegacyReply, TextModel } from 'cdk-genai-image-api';

const app = new App();
// the text model is called in the region of the stack, which has to be known, and to have it: Nova Lite is called by its id in the US
const stack = new Stack(app, 'ReferenceR1', { env: { region: process.env.CDK_DEFAULT_REGION ?? 'us-east-1' } });

// what was BEDROCK_IMAGE_MODEL_ID, BEDROCK_MODEL_ID and an option of the README stands in cdk.json, or comes by -c name=value
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
