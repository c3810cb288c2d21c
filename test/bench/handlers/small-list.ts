// Returns the images of a caller and nothing else: GET /images as an equally small function.
import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
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
  const limit = Number(event.queryStringParameters?.limit ?? 20);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) return respond(400, { message: 'limit must be a whole number from 1 to 100' });
  const { Items = [], LastEvaluatedKey } = await dynamodb.send(new QueryCommand({
    TableName,
    KeyConditionExpression: 'pk = :owner AND begins_with(sk, :images)',
    ExpressionAttributeValues: marshall({ ':owner': owner, ':images': 'IMG#' }),
    ScanIndexForward: false,
    Limit: limit,
    ConsistentRead: true,
  }));
  const images = await Promise.all(Items.map((item) => unmarshall(item)).map(async (record) => (
    imageOf(record, await Promise.all(keysOf(record).map(presign)))
  )));
  return respond(200, { images, cursor: LastEvaluatedKey?.sk.S });
}

function presign(Key: string): Promise<string> {
  return getSignedUrl(s3, new GetObjectCommand({ Bucket, Key }), { expiresIn: EXPIRES_IN });
}
