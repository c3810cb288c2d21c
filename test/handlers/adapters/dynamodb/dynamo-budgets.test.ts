import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { DynamoBudgets } from '../../../../src/handlers/adapters/dynamodb/dynamo-budgets';
import { dynamoDbTable } from '../../../../src/handlers/adapters/dynamodb/table';

// The stored layout, and lost responses. test/e2e/port-contract.test.ts tests the behavior on the emulator.

const DAY = '2026-11-27';
const soon = () => Date.now() + 5_000;

/** Requests that DynamoDB received. The server fails the first `failures` of them after it has received them. */
class Requests {
  public readonly bodies: { readonly Key: never; readonly UpdateExpression: string; readonly ExpressionAttributeValues: never }[] = [];
  public failures = 0;
}

describe('DynamoBudgets', () => {
  let requests: Requests;
  let server: http.Server;
  beforeAll(async () => {
    server = http.createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
        requests.bodies.push(JSON.parse(Buffer.concat(chunks).toString()) as Requests['bodies'][0]);
        if (requests.failures-- > 0) return void request.socket.destroy();
        response.setHeader('Content-Type', 'application/x-amz-json-1.0').end(JSON.stringify({ Attributes: { spent: { N: '40000' } } }));
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
