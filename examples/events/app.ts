// Image events with two targets: a Lambda function, and with -c webhookUrl=https://... an EventBridge API destination.
import { App, CfnOutput, Duration, SecretValue, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as destinations from 'aws-cdk-lib/aws-lambda-destinations';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { ApiAuth, Delivery, GenAiImageApi } from 'cdk-genai-image-api';

const app = new App();
const stack = new Stack(app, 'Events');

const images = new GenAiImageApi(stack, 'Images', {
  delivery: Delivery.queued({ maxConcurrency: 4, timeout: Duration.minutes(1) }),
  auth: ApiAuth.apiKey({ clients: ['alice', 'bob'] }),
});

// Receives the events that EventBridge cannot deliver and the events that the function fails to process.
const deadLetterQueue = new sqs.Queue(stack, 'DeadLetterQueue', { enforceSSL: true, retentionPeriod: Duration.days(14) });

// Replace the code with your own, for example to create a thumbnail, update a search index or send a notification.
const listener = new lambda.Function(stack, 'Listener', {
  runtime: lambda.Runtime.NODEJS_24_X,
  architecture: lambda.Architecture.ARM_64,
  // EventBridge invokes the function asynchronously, so Lambda handles function errors.
  onFailure: new destinations.SqsDestination(deadLetterQueue),
  handler: 'index.handler',
  // EventBridge can deliver an event more than once. Use the image id to make the function idempotent.
  code: lambda.Code.fromInline(`
exports.handler = async ({ detail: { id, owner, status, images = [], failures = [] } }) => {
  const keys = images.map(({ key }) => key);
  const codes = failures.map(({ code }) => code);
  console.log(JSON.stringify({ imageId: id, owner, status, keys, codes }));
};
`),
});
const listenerTarget = new targets.LambdaFunction(listener, { deadLetterQueue, retryAttempts: 3 });
images.onImageSucceeded('ListenerSucceeded', { target: listenerTarget });
images.onImageFailed('ListenerFailed', { target: listenerTarget });
images.onImageDeleted('ListenerDeleted', { target: listenerTarget });

const webhookUrl: string | undefined = app.node.tryGetContext('webhookUrl');
if (webhookUrl) {
  const destination = new events.ApiDestination(stack, 'Webhook', {
    endpoint: webhookUrl,
    connection: new events.Connection(stack, 'WebhookConnection', {
      authorization: events.Authorization.apiKey('x-webhook-token', SecretValue.secretsManager('images-webhook')),
    }),
    rateLimitPerSecond: 10,
  });
  images.onImageSucceeded('WebhookSucceeded', {
    target: new targets.ApiDestination(destination, {
      // Send only the fields that the webhook needs.
      event: events.RuleTargetInput.fromObject({
        image: events.EventField.fromPath('$.detail.id'),
        createdAt: events.EventField.fromPath('$.detail.createdAt'),
      }),
      deadLetterQueue,
    }),
  });
}

new CfnOutput(stack, 'ImagesUrl', { value: images.url });
