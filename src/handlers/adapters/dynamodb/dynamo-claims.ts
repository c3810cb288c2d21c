import { createHash } from 'node:crypto';
import { ConditionalCheckFailedException, DeleteItemCommand, PutItemCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { IDEMPOTENCY_PREFIX, type Table } from './table';
import type { Claims } from '../../generation/ports';
import type { Claim } from '../../generation/storage/records';
import { abortAt } from '../../shared/sdk';

type Item = Record<string, AttributeValue>;

/** Idempotency keys in DynamoDB. Conditional writes ensure that one request holds a claim. */
export class DynamoClaims implements Claims {
  constructor(private readonly table: Table) {}

  public async take(claim: Claim, now: number, supersedes?: Claim): Promise<Claim | undefined> {
    try {
      await this.table.client.send(new PutItemCommand({
        TableName: this.table.name,
        Item: toItem(claim),
        ...(supersedes ? heldBy(supersedes) : absentOrExpired(now)),
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }));
      return undefined;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      // no item: the claim to supersede was deleted in the meantime
      return error.Item ? fromItem(error.Item, claim) : supersedes;
    }
  }

  public async replace(claim: Claim): Promise<void> {
    await this.table.client.send(new PutItemCommand({ TableName: this.table.name, Item: toItem(claim) }));
  }

  public async update(claim: Claim, deadline: number): Promise<void> {
    const command = new PutItemCommand({ TableName: this.table.name, Item: toItem(claim), ...(claim.state === 'done' ? notDone() : heldBy(claim)) });
    await this.table.client.send(command, abortAt(deadline)).catch(ignoreTakenOver);
  }

  public async release(claim: Claim, deadline: number): Promise<void> {
    const command = new DeleteItemCommand({ TableName: this.table.name, Key: keyOf(claim), ...heldBy(claim) });
    await this.table.client.send(command, abortAt(deadline)).catch(ignoreTakenOver);
  }
}

/** The outcome of a request that has taken over the claim takes precedence. */
function ignoreTakenOver(error: unknown): void {
  if (!(error instanceof ConditionalCheckFailedException)) throw error;
}

interface Condition {
  readonly ConditionExpression: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues: Item;
}

/** DynamoDB deletes expired items within a few days only. */
function absentOrExpired(now: number): Condition {
  return { ConditionExpression: 'attribute_not_exists(pk) OR expiresAt <= :now', ExpressionAttributeValues: marshall({ ':now': now }) };
}

/** Fails if another request has taken over the claim. */
function heldBy({ holder }: Claim): Condition {
  return { ConditionExpression: 'holder = :holder', ExpressionAttributeValues: marshall({ ':holder': holder }) };
}

/** A charged image takes precedence over the outcome of a request that has taken over the claim. */
function notDone(): Condition {
  return {
    ConditionExpression: 'attribute_not_exists(pk) OR #state <> :done',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: marshall({ ':done': 'done' }),
  };
}

/** The key is hashed, because it can have any content. */
function keyOf({ owner, key }: Claim): Item {
  return marshall({ pk: owner, sk: IDEMPOTENCY_PREFIX + createHash('sha256').update(key).digest('hex') });
}

function toItem({ owner, key, ...rest }: Claim): Item {
  return { ...keyOf({ owner, key, ...rest }), ...marshall({ ...rest, ttl: Math.ceil(rest.expiresAt / 1000) }, { removeUndefinedValues: true }) };
}

function fromItem(item: Item, { owner, key }: Claim): Claim {
  const { pk, sk, ttl, ...rest } = unmarshall(item);
  return { owner, key, ...rest } as Claim;
}
