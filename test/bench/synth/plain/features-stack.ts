import { Aws, Duration, type Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { createAuthorizers, createKeys, type KeyMethodOptions } from './api-keys';
import { addErrorResponses, KEY_ERRORS } from './error-responses';
import { allow, createFunction, createLogGroup, type FunctionOptions } from './functions';
import { createQueues, processJobs, type Queues } from './jobs';
import { modelStatements } from './model-permissions';
import { addMethods, createRestApi } from './rest-api';
import { createStorage, type Storage } from './storage';

const ORIGIN = 'https://app.example.com';
const EXPOSED_HEADERS = [
  'Location', 'Retry-After', 'Preference-Applied', 'Age', 'X-Should-Retry', 'X-Ignored-Parameters', 'Idempotency-Replayed', 'X-Estimated-Cost-Usd',
  'X-Budget-Remaining-Usd',
];
const CORS = {
  allowOrigins: [ORIGIN],
  allowHeaders: [
    'Content-Type', 'Authorization', 'User-Agent', 'X-Api-Key', 'Idempotency-Key', 'Prefer', 'Cache-Control', 'X-Amz-Date', 'X-Amz-Security-Token',
    'X-Amz-Content-Sha256', 'X-Stainless-Lang', 'X-Stainless-Package-Version', 'X-Stainless-OS', 'X-Stainless-Arch', 'X-Stainless-Runtime',
    'X-Stainless-Runtime-Version', 'X-Stainless-Retry-Count', 'X-Stainless-Timeout',
  ],
  exposeHeaders: EXPOSED_HEADERS,
  maxAge: Duration.hours(2),
};

/** The resources of the construct with many features, in plain L2 constructs. */
export function build(stack: Stack): void {
  const key = createKey(stack);
  const storage = createStorage(stack, { encryptionKey: key, origin: ORIGIN });
  const queues = createQueues(stack, key);
  const restApi = createRestApi(stack, createLogGroup(stack, 'AccessLogs', key), apigateway.ApiKeySourceType.AUTHORIZER);
  const clients = createKeys(stack, restApi);
  const common = {
    encryptionKey: key,
    memorySize: 512,
    environment: { GENAI_IMAGE_API: configuration(stack, { storage, queues, restApi, clients }) },
  };
  const permissions = generationStatements(stack, storage, key);
  const handler = createFunction(stack, 'Handler', {
    ...common,
    bundle: 'api',
    description: 'Handles the requests of an image API',
    timeout: Duration.seconds(28),
    statements: [...permissions, allow(['sqs:SendMessage', 'sqs:GetQueueAttributes'], queues.queue.queueArn)],
  });
  processJobs(stack, createWorker(stack, queues, { ...common, statements: permissions }), queues.queue);
  addRoutes(restApi, handler, createAuthorizers(stack, key));
  addErrorResponses(restApi, KEY_ERRORS, {
    'Access-Control-Allow-Origin': `'${ORIGIN}'`, 'Access-Control-Expose-Headers': `'${EXPOSED_HEADERS.join(',')}'`,
  });
  const thumbnails = new sqs.Queue(stack, 'Thumbnails', { enforceSSL: true });
  new events.Rule(stack, 'Succeeded', {
    eventPattern: { source: ['cdk-genai-image-api'], detailType: ['Image Succeeded'], detail: { api: [restApi.restApiId] } },
    targets: [new targets.SqsQueue(thumbnails)],
  });
}

function createKey(stack: Stack): kms.Key {
  const key = new kms.Key(stack, 'Key');
  key.addToResourcePolicy(new iam.PolicyStatement({
    principals: [new iam.ServicePrincipal(`logs.${stack.region}.${Aws.URL_SUFFIX}`)],
    actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
    resources: ['*'],
    conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:${stack.partition}:logs:${stack.region}:${stack.account}:log-group:*` } },
  }));
  return key;
}

function createWorker(stack: Stack, { queue, deadLetterQueue }: Queues, options: Pick<FunctionOptions, 'memorySize' | 'environment' | 'encryptionKey' | 'statements'>): lambda.Function {
  return createFunction(stack, 'Worker', {
    ...options,
    bundle: 'worker',
    description: 'Processes queued image generation jobs',
    timeout: Duration.minutes(2),
    statements: [
      ...options.statements,
      allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes', 'sqs:SendMessage'], queue.queueArn),
      allow(['sqs:SendMessage'], deadLetterQueue.queueArn),
    ],
  });
}

function generationStatements(stack: Stack, { bucket, table }: Storage, key: kms.IKey): iam.PolicyStatement[] {
  return [
    ...modelStatements(stack),
    allow(['s3:PutObject', 's3:GetObject', 's3:DeleteObject'], bucket.arnForObjects('images/*')),
    allow(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem', 'dynamodb:Query'], table.tableArn),
    allow(['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'], key.keyArn),
    new iam.PolicyStatement({
      actions: ['events:PutEvents'],
      resources: [stack.formatArn({ service: 'events', resource: 'event-bus', resourceName: 'default' })],
      conditions: {
        'ForAllValues:StringEquals': { 'events:source': 'cdk-genai-image-api' },
        'Null': { 'events:source': 'false' },
        'StringEquals': { 'events:detail-type': ['Image Succeeded', 'Image Failed', 'Image Deleted'] },
      },
    }),
  ];
}

interface ConfiguredResources {
  readonly storage: Storage;
  readonly queues: Queues;
  readonly restApi: apigateway.RestApi;
  readonly clients: Record<'web' | 'mobile', apigateway.IApiKey>;
}

function configuration(stack: Stack, { storage: { bucket, table }, queues, restApi, clients }: ConfiguredResources): string {
  const { region } = stack;
  return stack.toJsonString({
    bucket: bucket.bucketName,
    prefix: 'images/',
    table: table.tableName,
    expirationDays: 30,
    presignTtlSeconds: 3600,
    corsOrigins: [ORIGIN],
    routes: ['standard', 'openAi'],
    auth: { mode: 'apiKey', clients: [{ name: 'web', keyIds: [clients.web.keyId] }, { name: 'mobile', keyIds: [clients.mobile.keyId] }], bearer: true },
    models: [{ id: 'stability.stable-image-core-v1:1', region }, { id: 'stability.stable-image-ultra-v1:1', region }],
    edits: {
      region,
      operations: [
        'inpaint', 'outpaint', 'erase', 'search-and-replace', 'search-and-recolor', 'remove-background', 'creative-upscale', 'conservative-upscale',
        'fast-upscale', 'sketch', 'structure', 'style-guide', 'style-transfer',
      ],
    },
    textModel: { id: 'amazon.nova-2-lite-v1:0', region, call: 'us.amazon.nova-2-lite-v1:0' },
    queue: { url: queues.queue.queueUrl, deadLetterUrl: queues.deadLetterQueue.queueUrl, concurrency: 10, maxReceiveCount: 6, maxAgeSeconds: 311040 },
    events: { api: restApi.restApiId },
  });
}

function addRoutes(restApi: apigateway.RestApi, handler: lambda.IFunction, { methodOptions, bearerMethodOptions }: KeyMethodOptions): void {
  const common = { options: methodOptions, cors: CORS };
  const openAi = { options: bearerMethodOptions, cors: CORS };
  addMethods(restApi, handler, [
    { path: '/images', methods: { POST: 'json', GET: 'any' }, ...common },
    { path: '/images/{id}', methods: { GET: 'any', DELETE: 'any' }, ...common },
    { path: '/images/edits', methods: { POST: 'any' }, ...common },
    { path: '/images/uploads', methods: { POST: 'json' }, ...common },
    { path: '/images/batches', methods: { POST: 'json' }, ...common },
    { path: '/images/batches/{id}', methods: { GET: 'any' }, ...common },
    { path: '/text', methods: { POST: 'json' }, ...common },
    { path: '/models', methods: { GET: 'any' }, ...common },
    { path: '/v1/images/generations', methods: { POST: 'json' }, ...openAi },
    { path: '/v1/images/edits', methods: { POST: 'any' }, ...openAi },
    { path: '/v1/models', methods: { GET: 'any' }, ...openAi },
    { path: '/openapi.json', methods: { GET: 'any' }, ...common },
  ]);
}
