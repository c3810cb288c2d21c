import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { Client } from '../helpers/e2e/client';
import { inParallel } from '../helpers/in-parallel';

const REQUESTS = 500;
const IN_FLIGHT = 20;
const PRICE_MICRO_USD = 40_000;

interface BudgetResponse {
  readonly client: string;
  readonly status: number;
  readonly code?: string;
  readonly retryAfter: string | null;
}

describe('daily budgets of 10 images through the gateway of the emulator, for 500 requests, 20 at the same time', () => {
  let client: Client;
  beforeAll(async () => { client = await Client.start({ app: 'test/fixtures/budget' }); }, 600_000);
  afterAll(() => client?.app.close());
  beforeEach(() => client.resetModel('ok'));

  function resource(prefix: string): string {
    const [{ resources }] = client.app.stacks;
    return Object.entries(resources).find(([id]) => new RegExp(`^${prefix}[0-9A-F]{8}$`).test(id))![1];
  }

  /** Sends one request for an image for each client name to an API. */
  function sendAll(api: string, clients: readonly string[]): Promise<BudgetResponse[]> {
    const { awsEndpointUrl, apiKeys } = client.app.outputs;
    const url = `${awsEndpointUrl}/_aws/execute-api/${resource(`${api}Api`)}/prod/images`;
    return inParallel(clients.map((name) => async (): Promise<BudgetResponse> => {
      const headers = { 'content-type': 'application/json', 'x-api-key': apiKeys[name] };
      const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ prompt: 'a bay' }) });
      const { code } = await response.json() as { code?: string };
      return { client: name, status: response.status, code, retryAfter: response.headers.get('retry-after') };
    }), IN_FLIGHT);
  }

  /** Returns what was spent today, in millionths of a US dollar. Undefined without a budget. */
  async function spent(api: string, partition: string): Promise<number | undefined> {
    const Key = marshall({ pk: partition, sk: `BUDGET#${new Date().toISOString().slice(0, 10)}` });
    const { Item } = await client.app.clients.dynamoDb.send(new GetItemCommand({ TableName: resource(`${api}Table`), Key, ConsistentRead: true }));
    return Item && unmarshall(Item).spent as number;
  }

  /** Asserts that all other responses state that the budget is exceeded, until midnight. */
  function expectGenerated(responses: readonly BudgetResponse[], count: number): void {
    const refused = responses.filter(({ status }) => status !== 201);
    expect(responses.length - refused.length).toBe(count);
    expect(new Set(refused.map(({ status, code }) => `${status} ${code}`))).toEqual(new Set(refused.length > 0 ? ['429 QUOTA_EXCEEDED'] : []));
    expect(refused.filter(({ retryAfter }) => !(Number(retryAfter) > 0 && Number(retryAfter) <= 86_400))).toEqual([]);
  }

  it('generate 10 images in an API with a budget, and refuse the other 490 requests', async () => {
    expectGenerated(await sendAll('Images', Array.from({ length: REQUESTS }, () => 'alice')), 10);
    expect(await client.modelCallCount()).toBe(10);
    expect(await spent('Images', '~api')).toBe(10 * PRICE_MICRO_USD);
  }, 300_000);

  it('generate 10 images for one owner among three, whose requests are not limited by it', async () => {
    // of each fifty requests, one is of carol; dave sends eight
    const clients = Array.from({ length: REQUESTS }, (_, index) => (index % 50 === 49 ? 'carol' : index % 50 === 48 && index < 400 ? 'dave' : 'bob'));
    const responses = await sendAll('Owners', clients);
    const of = (name: string) => responses.filter((response) => response.client === name);
    expectGenerated(of('bob'), 10);
    expectGenerated(of('carol'), 10);
    expectGenerated(of('dave'), 8);
    expect(await client.modelCallCount()).toBe(28);
    for (const [name, count] of Object.entries({ bob: 10, carol: 10, dave: 8 })) expect(await spent('Owners', `client:${name}`)).toBe(count * PRICE_MICRO_USD);
    expect(await spent('Owners', '~api')).toBeUndefined();
  }, 300_000);
});
