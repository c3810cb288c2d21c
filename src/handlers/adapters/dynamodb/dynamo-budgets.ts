import { ConditionalCheckFailedException, DynamoDBClient, GetItemCommand, UpdateItemCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { API_PARTITION, BUDGET_PREFIX, type Table } from './table';
import type { BudgetDay, BudgetReservation, Budgets } from '../../generation/ports';
import { abortAt, shortTimeoutHttpHandler } from '../../shared/sdk';

/** Items are stored longer than their day, so that jobs can return what they did not spend. */
const RETENTION_SECONDS = 8 * 24 * 3600;

/**
 * What was spent on each day, in DynamoDB: one item for the API and one for each owner. A conditional update adds an amount only if the sum
 * stays below the limit, so that parallel requests cannot exceed it. One item carries 1,000 updates per second.
 */
export class DynamoBudgets implements Budgets {
  private onceClient: DynamoDBClient | undefined;

  constructor(private readonly table: Table, private readonly region: string | undefined) {}

  /** If the response is lost, the SDK repeats the update, and the amount is counted twice: the budget ends too early. */
  public async reserve(day: BudgetDay, amount: number, limit: number, deadline: number): Promise<BudgetReservation> {
    if (amount > limit) return { isReserved: false, spentMicroUsd: await this.spent(day) };
    try {
      const { Attributes } = await this.table.client.send(new UpdateItemCommand({
        ...this.addition(day, amount, { ':highest': limit - amount }),
        ConditionExpression: 'attribute_not_exists(spent) OR spent <= :highest',
        ReturnValues: 'UPDATED_NEW',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }), abortAt(deadline));
      return { isReserved: true, spentMicroUsd: spentOf(Attributes) };
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return { isReserved: false, spentMicroUsd: spentOf(error.Item) };
      throw error;
    }
  }

  /** Is not repeated by the SDK, which could give back an amount twice: the budget would be exceeded. */
  public async add(day: BudgetDay, amount: number, deadline: number): Promise<void> {
    this.onceClient ??= new DynamoDBClient({ region: this.region, maxAttempts: 1, requestHandler: shortTimeoutHttpHandler() });
    await this.onceClient.send(new UpdateItemCommand(this.addition(day, amount)), abortAt(deadline));
  }

  public async spent(day: BudgetDay): Promise<number> {
    const { Item } = await this.table.client.send(new GetItemCommand({ TableName: this.table.name, Key: keyOf(day), ConsistentRead: true }));
    return spentOf(Item);
  }

  private addition(day: BudgetDay, amount: number, values: Readonly<Record<string, number>> = {}) {
    const ttl = Date.parse(day.day) / 1000 + RETENTION_SECONDS;
    return {
      TableName: this.table.name,
      Key: keyOf(day),
      UpdateExpression: 'SET #ttl = :ttl ADD spent :amount',
      ExpressionAttributeNames: { '#ttl': 'ttl' },
      ExpressionAttributeValues: marshall({ ':ttl': ttl, ':amount': amount, ...values }),
    };
  }
}

function keyOf({ owner = API_PARTITION, day }: BudgetDay): Record<string, AttributeValue> {
  return marshall({ pk: owner, sk: BUDGET_PREFIX + day });
}

function spentOf(item: Record<string, AttributeValue> | undefined): number {
  return item ? Number(unmarshall(item).spent ?? 0) : 0;
}
