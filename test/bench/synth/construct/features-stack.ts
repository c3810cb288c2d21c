import { type Stack } from 'aws-cdk-lib';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { ApiAuth, ApiRoutes, Delivery, GenAiImageApi, ImageEdits, ImageModel, TextModel } from '../../../../src';

/** The construct with a queue, edits, a text model, OpenAI routes, API keys, CORS, a KMS key and an event rule. */
export function build(stack: Stack): void {
  const images = new GenAiImageApi(stack, 'Images', {
    model: ImageModel.STABLE_IMAGE_CORE,
    additionalModels: [ImageModel.STABLE_IMAGE_ULTRA],
    edits: ImageEdits.all(),
    textModel: TextModel.NOVA_2_LITE,
    auth: ApiAuth.apiKey({ clients: ['web', 'mobile'], acceptBearer: true, dailyQuota: 1000 }),
    routes: [ApiRoutes.standard(), ApiRoutes.openAi()],
    corsOrigins: ['https://app.example.com'],
    delivery: Delivery.queued(),
    encryptionKey: new kms.Key(stack, 'Key'),
  });
  const thumbnails = new sqs.Queue(stack, 'Thumbnails', { enforceSSL: true });
  images.onImageSucceeded('Succeeded', { target: new targets.SqsQueue(thumbnails) });
}
