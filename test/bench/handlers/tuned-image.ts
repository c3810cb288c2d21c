// Generates an image with the clients and the decoder of the construct, and nothing else of it: the difference to the construct is the cost
// of its own code, and the difference to the floor is the cost of the AWS SDK.
import { randomUUID } from 'node:crypto';
import {
  type ApiEvent, type ApiResponse, EXPIRES_IN, type ImageRequest, MODEL_ID, modelRequest, ownerOf, parseJson, problemsOf, respond, RETENTION_SECONDS,
} from './image-request';
import { DynamoRecords } from '../../../src/handlers/adapters/dynamodb/dynamo-records';
import { dynamoDbTable } from '../../../src/handlers/adapters/dynamodb/table';
import { S3ImageStore } from '../../../src/handlers/adapters/s3/s3-image-store';
import { Bedrock } from '../../../src/handlers/models/bedrock';
import { withImageBuffers } from '../../../src/handlers/models/image-buffers';

interface ModelResponse {
  readonly images: readonly Uint8Array[];
  readonly seeds: readonly number[];
  readonly finish_reasons: readonly (string | null)[];
}

const { BUCKET = '', TABLE = '', AWS_REGION: region = '' } = process.env;
const CLOCK = { now: () => Date.now(), sleep: () => Promise.resolve() };
const TIMEOUT_MS = 60_000;
const bedrock = new Bedrock(CLOCK);
const store = new S3ImageStore(BUCKET, region);
const records = new DynamoRecords(dynamoDbTable(TABLE, region), CLOCK.now);

export async function handler(event: ApiEvent): Promise<ApiResponse> {
  return withImageBuffers(() => createImage(event));
}

async function createImage(event: ApiEvent): Promise<ApiResponse> {
  const owner = ownerOf(event);
  if (owner === undefined) return respond(403, { message: 'the API key does not belong to a client' });
  const body = parseJson(event.body);
  const problems = problemsOf(body);
  if (problems.length > 0) return respond(400, { message: problems.join('; ') });
  const request = body as ImageRequest;
  const createdAt = Date.now();
  const deadline = createdAt + TIMEOUT_MS;
  const { images: [bytes], seeds: [seed], finish_reasons: [reason] } = await bedrock.invoke(
    MODEL_ID, region, JSON.parse(modelRequest(request)) as object, deadline,
  ) as ModelResponse;
  if (reason !== null) return respond(422, { message: `filtered: ${reason}` });
  const id = randomUUID();
  const key = `images/${owner}/${id}.${request.outputFormat ?? 'png'}`;
  const stored = await store.put(key, { bytes, seed, contentType: 'image/png', width: 1024, height: 1024 }, deadline);
  await records.put({
    owner,
    id,
    prompt: request.prompt,
    model: MODEL_ID,
    createdAt,
    imageExpiresAt: createdAt + RETENTION_SECONDS * 1000,
    images: [stored],
    failures: [],
  }, deadline);
  return respond(201, { id, url: await store.sign(key, new Date(createdAt), EXPIRES_IN), seed, model: MODEL_ID });
}
