import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { BATCH_PREFIX, RECORD_RETENTION_AFTER_EXPIRATION_SECONDS, type Table } from './table';
import type { Batches } from '../../generation/ports';
import type { Batch } from '../../generation/storage/records';
import { abortAt } from '../../shared/sdk';

/** Batches in DynamoDB. */
export class DynamoBatches implements Batches {
  constructor(private readonly table: Table, private readonly now: () => number) {}

  public async put({ owner, id, ...rest }: Batch, deadline: number): Promise<void> {
    const ttl = Math.floor(rest.createdAt / 1000) + rest.expirationDays * 24 * 3600 + RECORD_RETENTION_AFTER_EXPIRATION_SECONDS;
    await this.table.client.send(new PutItemCommand({
      TableName: this.table.name, Item: marshall({ pk: owner, sk: BATCH_PREFIX + id, ttl, ...rest }),
    }), abortAt(deadline));
  }

  public async get(owner: string, id: string): Promise<Batch | undefined> {
    const { Item } = await this.table.client.send(new GetItemCommand({
      TableName: this.table.name, Key: marshall({ pk: owner, sk: BATCH_PREFIX + id }), ConsistentRead: true,
    }));
    if (!Item) return undefined;
    const { pk, sk, ttl, ...rest } = unmarshall(Item);
    return ttl * 1000 <= this.now() ? undefined : { owner: pk, id, ...rest } as Batch;
  }
}
