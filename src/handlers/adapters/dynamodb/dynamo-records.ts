import { ConditionalCheckFailedException, DeleteItemCommand, GetItemCommand, PutItemCommand, QueryCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { DELETED_PREFIX, IMAGE_PREFIX, RECORD_RETENTION_AFTER_EXPIRATION_SECONDS, type Table } from './table';
import type { ImageRecords, RecordPage } from '../../generation/ports';
import { hasJobState, type ImageRecord, type JobRecord } from '../../generation/storage/records';
import { abortAt } from '../../shared/sdk';

type Item = Record<string, AttributeValue>;

const imageKey = (owner: string, id: string) => marshall({ pk: owner, sk: IMAGE_PREFIX + id });

const idOf = ({ sk }: Record<string, unknown>) => String(sk).slice(IMAGE_PREFIX.length);

function toItem({ owner, id, ...rest }: ImageRecord): Item {
  const ttl = Math.floor(rest.imageExpiresAt / 1000) + RECORD_RETENTION_AFTER_EXPIRATION_SECONDS;
  return marshall({ pk: owner, sk: IMAGE_PREFIX + id, ttl, ...rest }, { removeUndefinedValues: true });
}

/** Optimistic locking: fails if the job has changed. */
function unchanged({ job: { revision } }: JobRecord) {
  return {
    ConditionExpression: '#job.#revision = :revision',
    ExpressionAttributeNames: { '#job': 'job', '#revision': 'revision' },
    ExpressionAttributeValues: marshall({ ':revision': revision }),
  };
}

/** Image records in DynamoDB. */
export class DynamoRecords implements ImageRecords {
  constructor(private readonly table: Table, private readonly now: () => number) {}

  public async put(record: ImageRecord, deadline: number): Promise<void> {
    await this.table.client.send(new PutItemCommand({ TableName: this.table.name, Item: toItem(record) }), abortAt(deadline));
  }

  public async create(record: JobRecord, deadline: number): Promise<void> {
    await this.sendIf(new PutItemCommand({ TableName: this.table.name, Item: toItem(record), ConditionExpression: 'attribute_not_exists(pk)' }), deadline);
  }

  public async replace(record: JobRecord, previous: JobRecord, deadline: number): Promise<boolean> {
    return this.sendIf(new PutItemCommand({ TableName: this.table.name, Item: toItem(record), ...unchanged(previous) }), deadline);
  }

  public async markPublished(record: ImageRecord, deadline: number): Promise<void> {
    const { eventPending, ...rest } = record;
    const condition = hasJobState(record) ? unchanged(record) : undefined;
    await this.sendIf(new PutItemCommand({
      TableName: this.table.name,
      Item: toItem(rest),
      ...condition,
      ConditionExpression: ['attribute_exists(#eventPending)', ...(condition ? [condition.ConditionExpression] : [])].join(' AND '),
      ExpressionAttributeNames: { ...condition?.ExpressionAttributeNames, '#eventPending': 'eventPending' },
    }), deadline);
  }

  public async get(owner: string, id: string): Promise<ImageRecord | undefined> {
    const { Item } = await this.table.client.send(new GetItemCommand({
      TableName: this.table.name,
      Key: imageKey(owner, id),
      // the record may have been written just before
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
      // one more than requested, to know whether there are more
      Limit: limit + 1,
      ConsistentRead: true,
      ...(cursor !== undefined && { ExclusiveStartKey: imageKey(owner, cursor) }),
    }));
    const page = Items.slice(0, limit);
    const last = page.at(-1);
    return {
      records: page.flatMap((item) => this.fromItem(item) ?? []),
      // DynamoDB limits a page to 1 MB as well
      ...(last && (Items.length > limit || LastEvaluatedKey) && { cursor: idOf(unmarshall(last)) }),
    };
  }

  public async remove(owner: string, id: string): Promise<void> {
    await this.table.client.send(new DeleteItemCommand({ TableName: this.table.name, Key: imageKey(owner, id) }));
  }

  public async markDeleted(owner: string, id: string, expiresAt: number): Promise<void> {
    await this.table.client.send(new PutItemCommand({
      TableName: this.table.name, Item: marshall({ pk: owner, sk: DELETED_PREFIX + id, expiresAt, ttl: Math.ceil(expiresAt / 1000) }),
    }));
  }

  public async wasDeleted(owner: string, id: string): Promise<boolean> {
    const { Item } = await this.table.client.send(new GetItemCommand({
      TableName: this.table.name, Key: marshall({ pk: owner, sk: DELETED_PREFIX + id }), ConsistentRead: true,
    }));
    return Item !== undefined && unmarshall(Item).expiresAt > this.now();
  }

  public async cancel(record: JobRecord): Promise<boolean> {
    const { owner, id } = record;
    return this.sendIf(new DeleteItemCommand({ TableName: this.table.name, Key: imageKey(owner, id), ...unchanged(record) }));
  }

  /** Returns whether the condition of the write was met. */
  private async sendIf(command: PutItemCommand | DeleteItemCommand, deadline?: number): Promise<boolean> {
    try {
      await this.table.client.send(command as PutItemCommand, deadline === undefined ? undefined : abortAt(deadline));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  /** Returns undefined for an expired record: DynamoDB deletes it within a few days only. */
  private fromItem(item: Item): ImageRecord | undefined {
    const { pk, sk, ttl, ...rest } = unmarshall(item);
    if (ttl * 1000 <= this.now()) return undefined;
    return { owner: pk, id: idOf({ sk }), ...rest } as ImageRecord;
  }
}
