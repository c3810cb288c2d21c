// Generates an image: an AWS Lambda function as a careful author writes it with the AWS SDK for JavaScript and its defaults.
import { randomUUID } from 'node:crypto';
import { BedrockRuntimeClient, InvokeModelCommand, ThrottlingException } from '@aws-sdk/client-bedrock-runtime';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { marshall } from '@aws-sdk/util-dynamodb';
import {
  type ApiEvent, type ApiResponse, EXPIRES_IN, type ImageRequest, MODEL_ID, modelRequest, ownerOf, parseJson, problemsOf, respond, RETENTION_SECONDS,
} from './image-request';

interface ModelResponse {
  readonly images: readonly string[];
  readonly seeds: readonly number[];
  readonly finish_reasons: readonly (string | null)[];
}

const { BUCKET: Bucket, TABLE: TableName } = process.env;
const bedrock = new BedrockRuntimeClient({});
const s3 = new S3Client({});
const dynamodb = new DynamoDBClient({});

export async function handler(event: ApiEvent): Promise<ApiResponse> {
  const owner = ownerOf(event);
  if (owner === undefined) return respond(403, { message: 'the API key does not belong to a client' });
  const body = parseJson(event.body);
  const problems = problemsOf(body);
  if (problems.length > 0) return respond(400, { message: problems.join('; ') });
  const request = body as ImageRequest;
  let result: ModelResponse;
  try {
    result = await generate(request);
  } catch (error) {
    if (error instanceof ThrottlingException) return respond(429, { message: 'the model is busy' });
    throw error;
  }
  if (result.finish_reasons[0] !== null) return respond(422, { message: `filtered: ${result.finish_reasons[0]}` });
  const { id, Key } = await store(owner, request, result);
  const url = await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key }), { expiresIn: EXPIRES_IN });
  return respond(201, { id, url, seed: result.seeds[0], model: MODEL_ID });
}

async function generate(request: ImageRequest): Promise<ModelResponse> {
  const { body } = await bedrock.send(new InvokeModelCommand({
    modelId: MODEL_ID, contentType: 'application/json', accept: 'application/json', body: modelRequest(request),
  }));
  return JSON.parse(new TextDecoder().decode(body)) as ModelResponse;
}

async function store(owner: string, { prompt, outputFormat = 'png' }: ImageRequest, { images, seeds }: ModelResponse): Promise<{ id: string; Key: string }> {
  const id = randomUUID();
  const Key = `images/${owner}/${id}.${outputFormat}`;
  const image = Buffer.from(images[0], 'base64');
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: image, ContentType: `image/${outputFormat}` }));
  const createdAt = Math.floor(Date.now() / 1000);
  await dynamodb.send(new PutItemCommand({
    TableName,
    Item: marshall({
      pk: owner, sk: `IMG#${id}`, prompt, model: MODEL_ID, key: Key, bytes: image.length, seed: seeds[0], createdAt, ttl: createdAt + RETENTION_SECONDS,
    }),
  }));
  return { id, Key };
}
