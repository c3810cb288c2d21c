// Deletes an image and nothing else: DELETE /images/{id} as an equally small function.
import { DeleteItemCommand, DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { DeleteObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { type ApiEvent, type ApiResponse, ownerOf, respond } from './image-request';
import { keysOf } from './small-record';

const { BUCKET: Bucket, TABLE: TableName } = process.env;
const s3 = new S3Client({});
const dynamodb = new DynamoDBClient({});

export async function handler(event: ApiEvent): Promise<ApiResponse> {
  const owner = ownerOf(event);
  if (owner === undefined) return respond(403, { message: 'the API key does not belong to a client' });
  const Key = marshall({ pk: owner, sk: `IMG#${event.pathParameters?.id ?? ''}` });
  const { Item } = await dynamodb.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
  if (!Item) return respond(404, { message: 'no such image' });
  await Promise.all(keysOf(unmarshall(Item)).map((key) => s3.send(new DeleteObjectCommand({ Bucket, Key: key }))));
  await dynamodb.send(new DeleteItemCommand({ TableName, Key }));
  return { ...respond(204, {}), body: '' };
}
