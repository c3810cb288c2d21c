// Others are told what became of images: a function always, a webhook with -c webhookUrl=https://...
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

// what could not be delivered, or was not worked on, waits here
const undelivered = new sqs.Queue(stack, 'Undelivered', { enforceSSL: true, retentionPeriod: Duration.days(14) });

// a function that could make a thumbnail, write into a search index, tell a person
const listener = new lambda.Function(stack, 'Listener', {
  runtime: lambda.Runtime.NODEJS_24_X,
  architecture: lambda.Architecture.ARM_64,
  // EventBridge has done its part once the function is called: what it fails at is Lambda's to keep
  onFailure: new destinations.SqsDestination(undelivered),
  handler: 'index.handler',
  // one event can come twice: what is done with it has to go by its id
  code: lambda.Code.fromInline(`
exports.handler = async ({ detail: { id, owner, status, images, failures = [] } }) => {
  const what = status === 'failed' ? failures.map(({ code }) => code) : images.map(({ key }) => key);
  console.log(JSON.stringify({ told: id, owner, status, what }));
};
`),
});
const toListener = new targets.LambdaFunction(listener, { deadLetterQueue: undelivered, retryAttempts: 3 });
images.onImageSucceeded('ListenerSucceeded', { target: toListener });
images.onImageFailed('ListenerFailed', { target: toListener });
images.onImageDeleted('ListenerDeleted', { target: toListener });

const webhookUrl: string | undefined = app.node.tryGetContext('webhookUrl');
if (webhookUrl) {
  const destination = new events.ApiDestination(stack, 'Webhook', {
    endpoint: webhookUrl,
    connection: new events.Connection(stack, 'WebhookConnection', {
      // aws secretsmanager create-secret --name images-webhook --secret-string ...
      authorization: events.Authorization.apiKey('x-webhook-token', SecretValue.secretsManager('images-webhook')),
    }),
    rateLimitPerSecond: 10,
  });
  images.onImageSucceeded('WebhookSucceeded', {
    target: new targets.ApiDestination(destination, {
      // what the other side gets: no more than it needs
      event: events.RuleTargetInput.fromObject({
        image: events.EventField.fromPath('$.detail.id'),
        createdAt: events.EventField.fromPath('$.detail.createdAt'),
      }),
      deadLetterQueue: undelivered,
    }),
  });
}

new CfnOutput(stack, 'ImagesUrl', { value: images.url });
