import { DeleteItemCommand, GetItemCommand, PutItemCommand, QueryCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { IMAGE_PREFIX, type Table } from './table';
import type { ImageRecord, ImageRecords, RecordPage } from '../generation/ports';

/** A record outlives its images, so that a client can be told that they expired. */
const RECORD_AFTERLIFE_SECONDS = 7 * 24 * 3600;

const imageKey = (owner: string, id: string) => marshall({ pk: owner, sk: IMAGE_PREFIX + id });

/** Image records in DynamoDB. */
export class DynamoRecords implements ImageRecords {
  constructor(private readonly table: Table, private readonly now: () => number) {}

  public async put({ owner, id, ...rest }: ImageRecord): Promise<void> {
    const ttl = Math.floor(rest.imageExpiresAt / 1000) + RECORD_AFTERLIFE_SECONDS;
    await this.table.client.send(new PutItemCommand({
      TableName: this.table.name,
      Item: marshall({ pk: owner, sk: IMAGE_PREFIX + id, ttl, ...rest }, { removeUndefinedValues: true }),
    }));
  }

  public async get(owner: string, id: string): Promise<ImageRecord | undefined> {
    const { Item } = await this.table.client.send(new GetItemCommand({
      TableName: this.table.name,
      Key: imageKey(owner, id),
      // right after the POST that made it, or another request's claim
      ConsistentRead: true,
    }));
    return Item && this.fromItem(Item);
  }

  public async list(owner: string, limit: number, cursor?: string): Promise<RecordPage> {
    const { Items = [], LastEvaluatedKey } = await this.table.client.send(new QueryCommand({
      TableName: this.table.name,
      KeyConditionExpression: 'pk = :owner AND begins_with(sk, :images)',
      ExpressionAttributeValues: marshall({ ':owner': owner, ':images': IMAGE_PREFIX }),
      ScanIndexForward: false,
      Limit: limit,
      ConsistentRead: true,
      ...(cursor !== undefined && { ExclusiveStartKey: imageKey(owner, cursor) }),
    }));
    const last = LastEvaluatedKey && unmarshall(LastEvaluatedKey);
    return {
      records: Items.flatMap((item) => this.fromItem(item) ?? []),
      ...(last && { cursor: String(last.sk).slice(IMAGE_PREFIX.length) }),
    };
  }

  public async remove(owner: string, id: string): Promise<void> {
    await this.table.client.send(new DeleteItemCommand({ TableName: this.table.name, Key: imageKey(owner, id) }));
  }

  /** Undefined for a record past its time: DynamoDB drops those up to some days late. */
  private fromItem(item: Record<string, AttributeValue>): ImageRecord | undefined {
    const { pk, sk, ttl, ...rest } = unmarshall(item);
    if (ttl * 1000 <= this.now()) return undefined;
    return { owner: pk, id: String(sk).slice(IMAGE_PREFIX.length), ...rest } as ImageRecord;
  }
}
