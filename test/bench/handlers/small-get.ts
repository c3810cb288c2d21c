// Returns an image and nothing else: GET /images/{id} as an equally small function.
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { type ApiEvent, type ApiResponse, EXPIRES_IN, ownerOf, respond } from './image-request';
import { imageOf, keysOf } from './small-record';

const { BUCKET: Bucket, TABLE: TableName } = process.env;
const s3 = new S3Client({});
const dynamodb = new DynamoDBClient({});

export async function handler(event: ApiEvent): Promise<ApiResponse> {
  const owner = ownerOf(event);
  if (owner === undefined) return respond(403, { message: 'the API key does not belong to a client' });
  const id = event.pathParameters?.id ?? '';
  const { Item } = await dynamodb.send(new GetItemCommand({ TableName, Key: marshall({ pk: owner, sk: `IMG#${id}` }), ConsistentRead: true }));
  if (!Item) return respond(404, { message: 'no such image' });
  const record = unmarshall(Item);
  const urls = await Promise.all(keysOf(record).map((Key) => getSignedUrl(s3, new GetObjectCommand({ Bucket, Key }), { expiresIn: EXPIRES_IN })));
  return respond(200, imageOf(record, urls));
}
