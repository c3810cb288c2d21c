import { createHash } from 'node:crypto';
import { ConditionalCheckFailedException, DeleteItemCommand, PutItemCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { IDEMPOTENCY_PREFIX, type Table } from './table';
import type { Claims } from '../../generation/ports';
import type { Claim } from '../../generation/records';
import { abortAt } from '../../shared/sdk';

type Item = Record<string, AttributeValue>;

/** Idempotency keys in DynamoDB, by conditional writes. */
export class DynamoClaims implements Claims {
  constructor(private readonly table: Table) {}

  public async take(claim: Claim, now: number, supersedes?: Claim): Promise<Claim | undefined> {
    try {
      await this.table.client.send(new PutItemCommand({
        TableName: this.table.name,
        Item: toItem(claim),
        ...(supersedes ? heldBy(supersedes) : absent(now)),
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }));
      return undefined;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      // no item: the lapsed claim vanished before we could replace it
      return error.Item ? fromItem(error.Item, claim) : supersedes;
    }
  }

  public async replace(claim: Claim): Promise<void> {
    await this.table.client.send(new PutItemCommand({ TableName: this.table.name, Item: toItem(claim) }));
  }

  public async settle(claim: Claim, deadline: number): Promise<void> {
    const command = new PutItemCommand({ TableName: this.table.name, Item: toItem(claim), ...(claim.state === 'done' ? notDone() : heldBy(claim)) });
    await this.table.client.send(command, abortAt(deadline)).catch(ifOurs);
  }

  public async release(claim: Claim, deadline: number): Promise<void> {
    const command = new DeleteItemCommand({ TableName: this.table.name, Key: keyOf(claim), ...heldBy(claim) });
    await this.table.client.send(command, abortAt(deadline)).catch(ifOurs);
  }
}

/** Where another attempt has taken over, its outcome counts. */
function ifOurs(error: unknown): void {
  if (!(error instanceof ConditionalCheckFailedException)) throw error;
}

interface Condition {
  readonly ConditionExpression: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues: Item;
}

/** DynamoDB drops items up to some days after their time. */
function absent(now: number): Condition {
  return { ConditionExpression: 'attribute_not_exists(pk) OR expiresAt <= :now', ExpressionAttributeValues: marshall({ ':now': now }) };
}

/** Another attempt may have taken over since. */
function heldBy({ holder }: Claim): Condition {
  return { ConditionExpression: 'holder = :holder', ExpressionAttributeValues: marshall({ ':holder': holder }) };
}

/** What is paid for counts, whatever came of an attempt that has taken over since. */
function notDone(): Condition {
  return {
    ConditionExpression: 'attribute_not_exists(pk) OR #state <> :done',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: marshall({ ':done': 'done' }),
  };
}

/** Hashed: a client may put anything into its key. */
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
