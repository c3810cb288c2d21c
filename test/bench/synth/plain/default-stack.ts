import { Duration, type Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { addErrorResponses, SIGNED_ERRORS } from './error-responses';
import { allow, createFunction, createLogGroup } from './functions';
import { addMethods, createRestApi } from './rest-api';
import { createStorage } from './storage';

/** The resources of the construct without props, in plain L2 constructs. */
export function build(stack: Stack): void {
  const { bucket, table } = createStorage(stack);
  const restApi = createRestApi(stack, createLogGroup(stack, 'AccessLogs'));
  const handler = createFunction(stack, 'Handler', {
    bundle: 'api',
    description: 'Handles the requests of an image API',
    memorySize: 512,
    timeout: Duration.seconds(28),
    statements: [
      allow(['bedrock:InvokeModel'], `arn:${stack.partition}:bedrock:${stack.region}::foundation-model/stability.stable-image-core-v1:1`),
      allow(['s3:PutObject', 's3:GetObject', 's3:DeleteObject'], bucket.arnForObjects('images/*')),
      allow(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem', 'dynamodb:Query'], table.tableArn),
    ],
    environment: {
      GENAI_IMAGE_API: stack.toJsonString({
        bucket: bucket.bucketName,
        prefix: 'images/',
        table: table.tableName,
        expirationDays: 30,
        presignTtlSeconds: 3600,
        corsOrigins: [],
        routes: ['standard'],
        auth: { mode: 'iam' },
        models: [{ id: 'stability.stable-image-core-v1:1', region: stack.region }],
      }),
    },
  });
  const options = { authorizationType: apigateway.AuthorizationType.IAM };
  addMethods(restApi, handler, [
    { path: '/images', methods: { POST: 'json', GET: 'any' }, options },
    { path: '/images/{id}', methods: { GET: 'any', DELETE: 'any' }, options },
    { path: '/models', methods: { GET: 'any' }, options },
    { path: '/openapi.json', methods: { GET: 'any' }, options },
  ]);
  addErrorResponses(restApi, SIGNED_ERRORS);
}
