import { DynamoBudgets } from '../../src/handlers/adapters/dynamodb/dynamo-budgets';
import { dynamoDbTable } from '../../src/handlers/adapters/dynamodb/table';
import type { ConfiguredBudget, HandlerConfiguration } from '../../src/private/contract/configuration';
import { createTable, startEmptyEmulator, type Emulator } from '../helpers/e2e/emulator';
import { inParallel } from '../helpers/in-parallel';
import { CONFIGURATION, throttled, World } from '../helpers/world';

const TABLE = 'budgets';
const DAY_MS = 24 * 3600 * 1000;
/** The price of an image in cents is 4. */
const TEN_IMAGES = 0.4;

describe('daily budgets in the table of the emulator', () => {
  let emulator: Emulator;
  let days = 0;
  beforeAll(async () => {
    emulator = await startEmptyEmulator();
    await createTable(emulator, TABLE);
  }, 600_000);
  afterAll(() => emulator?.close());

  /** Creates the handlers on a day that no other test uses. */
  function worldOf(budget: ConfiguredBudget): World {
    const clients = ['alice', 'bob', 'carol'].map((name) => ({ name, keyIds: [`key-${name}`] }));
    const configuration: HandlerConfiguration = { ...CONFIGURATION, auth: { mode: 'apiKey', clients }, budget };
    const world = new World(configuration);
    world.time += ++days * 10 * DAY_MS;
    // deadlines of calls to the emulator are in real time
    const budgets = new DynamoBudgets(dynamoDbTable(TABLE, emulator.region), emulator.region);
    const soon = () => Date.now() + 20_000;
    world.budgets = {
      reserve: (day, amount, limit) => budgets.reserve(day, amount, limit, soon()),
      add: (day, amount) => budgets.add(day, amount, soon()),
      spent: (day) => budgets.spent(day),
    };
    return world;
  }

  const spent = (world: World, owner?: string) => world.budgets.spent({ owner, day: new Date(world.time).toISOString().slice(0, 10) });
  const post = (world: World, client = 'alice') => world.call('POST /images', { body: { prompt: 'a bay' }, keyId: `key-${client}` });
  const posts = (world: World, count: number, clients = ['alice']) => (
    inParallel(Array.from({ length: count }, (_, index) => () => post(world, clients[index % clients.length])), 50));

  it('generate 10 images for 500 requests, 50 at the same time', async () => {
    const world = worldOf({ dailyUsd: TEN_IMAGES });
    const statuses = (await posts(world, 500)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(490);
    expect(world.models.calls).toHaveLength(10);
    expect(world.records.items).toHaveLength(10);
    expect(await spent(world)).toBe(400_000);
  }, 120_000);

  it('generate 10 images for one owner among three, whose requests are not limited by it', async () => {
    const world = worldOf({ dailyUsdPerOwner: TEN_IMAGES });
    await posts(world, 5, ['bob']);
    const responses = await posts(world, 300, ['alice', 'bob', 'carol']);
    expect(responses.filter(({ status }) => status === 201)).toHaveLength(25);
    for (const name of ['alice', 'bob', 'carol']) expect(await spent(world, `client:${name}`)).toBe(400_000);
  }, 120_000);

  it('return the shares of failed calls, which other requests then use', async () => {
    const world = worldOf({ dailyUsd: TEN_IMAGES, dailyUsdPerOwner: TEN_IMAGES });
    // three attempts of each of five requests
    world.models.failWith(...Array.from({ length: 15 }, throttled));
    expect((await inParallel(Array.from({ length: 5 }, () => () => post(world)), 1)).map(({ status }) => status)).toEqual([429, 429, 429, 429, 429]);
    expect(await spent(world)).toBe(0);
    expect((await posts(world, 50)).filter(({ status }) => status === 201)).toHaveLength(10);
    expect(await spent(world, 'client:alice')).toBe(400_000);
  }, 60_000);

  it('begin again at midnight UTC', async () => {
    const world = worldOf({ dailyUsd: TEN_IMAGES });
    expect((await posts(world, 20)).filter(({ status }) => status === 201)).toHaveLength(10);
    world.time = Math.ceil(world.time / DAY_MS) * DAY_MS;
    expect((await posts(world, 20)).filter(({ status }) => status === 201)).toHaveLength(10);
  }, 60_000);
});
