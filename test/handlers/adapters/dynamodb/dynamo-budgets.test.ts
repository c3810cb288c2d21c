import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { DynamoBudgets } from '../../../../src/handlers/adapters/dynamodb/dynamo-budgets';
import { dynamoDbTable } from '../../../../src/handlers/adapters/dynamodb/table';

// The stored layout, and lost responses. test/e2e/port-contract.test.ts tests the behavior on the emulator.

const DAY = '2026-11-27';
const soon = () => Date.now() + 5_000;

interface Body {
  readonly Key: never;
  readonly ConsistentRead?: boolean;
  readonly UpdateExpression?: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues: never;
}

/** Requests that DynamoDB received. The server fails the first `failures` of them after it has received them. */
class Requests {
  public readonly bodies: Body[] = [];
  public failures = 0;
  public status = 200;
  public response: object = { Attributes: { spent: { N: '40000' } } };
}

describe('DynamoBudgets', () => {
  let requests: Requests;
  let server: http.Server;
  beforeAll(async () => {
    server = http.createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
        requests.bodies.push(JSON.parse(Buffer.concat(chunks).toString()) as Body);
        if (requests.failures-- > 0) return void request.socket.destroy();
        response.statusCode = requests.status;
        response.setHeader('Content-Type', 'application/x-amz-json-1.0').end(JSON.stringify(requests.response));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret',
    });
  });
  afterAll(() => {
    delete process.env.AWS_ENDPOINT_URL;
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => { requests = new Requests(); });

  const budgets = () => new DynamoBudgets(dynamoDbTable('table', 'us-east-1'), 'us-east-1');

  it('has one item for the API and one for each owner, which DynamoDB deletes 8 days after the day has begun', async () => {
    expect(await budgets().reserve({ day: DAY }, 40_000, 400_000, soon())).toEqual({ isReserved: true, spentMicroUsd: 40_000 });
    await budgets().add({ owner: 'client:alice', day: DAY }, -40_000, soon());
    const [ofApi, ofAlice] = requests.bodies.map(({ Key, ExpressionAttributeValues: values }) => ({ ...unmarshall(Key), ...unmarshall(values) }));
    const ttl = Date.UTC(2026, 11, 5) / 1000;
    expect(ofApi).toEqual({ 'pk': '~api', 'sk': `BUDGET#${DAY}`, ':ttl': ttl, ':amount': 40_000, ':highest': 360_000 });
    expect(ofAlice).toEqual({ 'pk': 'client:alice', 'sk': `BUDGET#${DAY}`, ':ttl': ttl, ':amount': -40_000 });
  });

  it('sets the attribute ttl by a placeholder, because TTL is a reserved word', async () => {
    await budgets().reserve({ day: DAY }, 40_000, 400_000, soon());
    expect(requests.bodies).toMatchObject([{ UpdateExpression: expect.stringContaining('#ttl'), ExpressionAttributeNames: { '#ttl': 'ttl' } }]);
  });

  it.each([[{ spent: { N: '390000' } }, 390_000], [undefined, 0]])('returns what was spent when DynamoDB refuses the amount: %j', async (Item, spentMicroUsd) => {
    requests.status = 400;
    requests.response = { __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException', message: 'The conditional request failed', Item };
    expect(await budgets().reserve({ day: DAY }, 40_000, 400_000, soon())).toEqual({ isReserved: false, spentMicroUsd });
  });

  it('throws the other errors of DynamoDB', async () => {
    requests.status = 400;
    requests.response = { __type: 'com.amazonaws.dynamodb.v20120810#ResourceNotFoundException', message: 'Requested resource not found' };
    await expect(budgets().reserve({ day: DAY }, 40_000, 400_000, soon())).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('refuses an amount above the limit without an update, and reads consistently what was spent', async () => {
    requests.response = { Item: { spent: { N: '30000' } } };
    expect(await budgets().reserve({ day: DAY }, 400_001, 400_000, soon())).toEqual({ isReserved: false, spentMicroUsd: 30_000 });
    expect(requests.bodies).toEqual([{ TableName: 'table', Key: { pk: { S: '~api' }, sk: { S: `BUDGET#${DAY}` } }, ConsistentRead: true }]);
  });

  it('can reserve the whole limit', async () => {
    expect(await budgets().reserve({ day: DAY }, 400_000, 400_000, soon())).toMatchObject({ isReserved: true });
    expect(requests.bodies).toMatchObject([{ ExpressionAttributeValues: { ':highest': { N: '0' } } }]);
  });

  it('repeats a reservation whose response was lost, because counting it twice cannot exceed the budget', async () => {
    requests.failures = 1;
    await budgets().reserve({ day: DAY }, 40_000, 400_000, soon());
    expect(requests.bodies).toHaveLength(2);
  });

  it('does not repeat the return of an amount whose response was lost, because returning it twice would exceed the budget', async () => {
    requests.failures = 1;
    await expect(budgets().add({ day: DAY }, -40_000, soon())).rejects.toThrow();
    expect(requests.bodies).toHaveLength(1);
  });
});
