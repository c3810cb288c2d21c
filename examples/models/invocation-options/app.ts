// Models behind an inference profile, Provisioned Throughput and SageMaker endpoints, and a guardrail.
import { App, Stack } from 'aws-cdk-lib';
import { ApiAuth, ContentGuardrail, GenAiImageApi, ImageModel, ModelFamily, PromptRetention, TextModel } from 'cdk-genai-image-api';

const app = new App();
const stack = new Stack(app, 'InvocationOptions', { env: { region: 'us-east-1' } });

const provisioned = (id: string) => `arn:aws:bedrock:us-east-1:000000000000:provisioned-model/${id}`;

new GenAiImageApi(stack, 'Images', {
  model: ImageModel.STABLE_IMAGE_CORE,
  additionalModels: [
    ImageModel.inferenceProfile('us.amazon.nova-2-omni-v1:0', { region: 'us-east-1', destinationRegions: ['us-east-1', 'us-east-2', 'us-west-2'] }),
    ImageModel.provisioned(provisioned('nova-canvas-test'), { modelId: 'amazon.nova-canvas-v1:0' }),
    ImageModel.provisioned(provisioned('titan-image-v2-test'), { modelId: 'amazon.titan-image-generator-v2:0' }),
    ImageModel.provisioned(provisioned('sdxl-test'), { modelId: 'stability.stable-diffusion-xl-v1' }),
    ImageModel.sageMakerEndpoint('stable-diffusion'),
    ImageModel.sageMakerEndpoint('sdxl', { family: ModelFamily.STABILITY_V1 }),
  ],
  textModel: TextModel.NOVA_LITE,
  promptPolicy: {
    // Evaluates prompts and images. Create the guardrail in the region of the default model, for example with aws-cdk-lib/aws-bedrock.
    guardrail: ContentGuardrail.existing('abc123', { version: '1' }),
    retention: PromptRetention.HASH,
  },
  auth: ApiAuth.apiKey({ clients: ['alice'] }),
});
