import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { ulid } from 'ulid';
import { createApp } from '../http/app';
import { loadConfiguration } from '../http/configuration';
import { AllowedModels } from '../http/models';
import { jsonLogger } from '../log';
import { BedrockModels } from '../models/bedrock';
import { DynamoClaims } from '../records/dynamo-claims';
import { DynamoRecords } from '../records/dynamo-records';
import { dynamoDbTable } from '../records/table';
import { S3Images } from '../storage/s3-images';

// made once per execution environment: clients keep their connections, and a broken configuration fails the cold start
const configuration = loadConfiguration(process.env);
const region = process.env.AWS_REGION;
const clock = {
  now: () => Date.now(),
  sleep: (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds)),
};
const table = dynamoDbTable(configuration.table, region);
const images = new S3Images(configuration.bucket, region);

const app = createApp({
  configuration,
  models: new AllowedModels(configuration.models),
  signer: images,
  ports: {
    models: new BedrockModels(clock),
    store: images,
    records: new DynamoRecords(table, clock.now),
    claims: new DynamoClaims(table),
    clock,
    newId: () => ulid(),
    log: jsonLogger(),
  },
});

export async function handler(event: APIGatewayProxyEvent, context: Context): Promise<APIGatewayProxyResult> {
  return app(event, Date.now() + context.getRemainingTimeInMillis());
}
