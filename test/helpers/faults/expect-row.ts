import type { ExpectedCharge, ExpectedLogLine, ExpectedResponse, ExpectedStorage, FaultRow } from './rows';
import type { LogLine, StoredState } from './state';
import type { FaultWorld } from './world';
import type { ApiResponse } from '../e2e/client';
import { eventually } from '../e2e/eventually';

const MICRO_USD = 1_000_000;
const DEAD_LETTER_TIMEOUT_MS = 5_000;

/** Runs a row and asserts all that it states. */
export async function expectRow(world: FaultWorld, row: FaultRow): Promise<void> {
  await world.reset();
  await world.clearBudgets();
  await row.prepare?.(world);
  world.resetModelUse();
  await world.logs.take(0);
  const before = await world.state();
  const start = Date.now();
  const response = await row.run(world);
  if (row.response.withinMs !== undefined) expect(Date.now() - start).toBeLessThan(row.response.withinMs);
  const lines = await world.logs.take(row.logged.reduce((sum, { times = 1 }) => sum + times, 0));
  const after = await stateAfter(world, before, row.stored);
  expect({
    response: relevant(response, row.response),
    charged: { ...world.modelUse, ...spent(before, after) },
    stored: difference(before, after),
    logged: sorted(lines.map(({ level, message }) => `${level} ${message}`)),
  }).toEqual({
    response: withDefaults(row.response),
    charged: charge(row.charged),
    stored: storage(row.stored),
    logged: sorted(row.logged.flatMap(({ level, message, times = 1 }) => Array.from({ length: times }, () => `${level} ${message}`))),
  });
  for (const line of row.logged) expectLine(lines, line);
  expectNoSecrets(world, response, lines);
}

/** SQS moves a message to the dead-letter queue when it is received again. */
async function stateAfter(world: FaultWorld, before: StoredState, { deadLetters = 0 }: ExpectedStorage): Promise<StoredState> {
  if (deadLetters > 0) {
    const isMoved = async () => (await world.state()).deadLetters === before.deadLetters + deadLetters ? true : undefined;
    await eventually(isMoved, '', DEAD_LETTER_TIMEOUT_MS).catch(() => undefined);
  }
  return world.state();
}

/** Both budgets grow by the same amount. */
function charge({ calls, images, usd }: ExpectedCharge): object {
  return { calls, images, usd, usdOfOwners: usd };
}

function spent(before: StoredState, after: StoredState): object {
  const usd = (property: 'spentByApi' | 'spentByOwners') => (after[property] - before[property]) / MICRO_USD;
  return { usd: usd('spentByApi'), usdOfOwners: usd('spentByOwners') };
}

function storage({ images = 0, documents = 0, records = 0, keys = 0, deadLetters = 0 }: ExpectedStorage): ExpectedStorage {
  return { images, documents, records, keys, deadLetters };
}

function difference(before: StoredState, after: StoredState): ExpectedStorage {
  return {
    images: after.images - before.images,
    documents: after.documents - before.documents,
    records: after.records - before.records,
    keys: after.keys - before.keys,
    deadLetters: after.deadLetters - before.deadLetters,
  };
}

function withDefaults({ status, code, retryAfter, errors, problem, body = {}, headers = {} }: ExpectedResponse): object {
  return { status, code, retryAfter, errors, problem, body, headers };
}

/** Returns the parts of a response that a row states. */
function relevant({ status, json, headers }: ApiResponse, expected: ExpectedResponse): object {
  return {
    status,
    code: json.code,
    retryAfter: retryAfterOf(headers.get('retry-after'), expected.retryAfter),
    errors: json.errors?.map(({ pointer }) => pointer),
    problem: (json.problem as { code?: string } | undefined)?.code,
    body: Object.fromEntries(Object.keys(expected.body ?? {}).map((name) => [name, json[name]])),
    headers: Object.fromEntries(Object.keys(expected.headers ?? {}).map((name) => [name, headers.get(name)])),
  };
}

function retryAfterOf(value: string | null, expected: ExpectedResponse['retryAfter']): ExpectedResponse['retryAfter'] {
  if (value === null) return undefined;
  const seconds = Number(value);
  const untilMidnight = 86_400 - (Date.now() / 1000) % 86_400;
  if (expected === 'midnight' && Math.abs(seconds - untilMidnight) < 5) return 'midnight';
  if (expected === 'at most 5' && seconds >= 1 && seconds <= 5) return 'at most 5';
  return seconds;
}

/** Asserts that as many lines as expected have the fields. */
function expectLine(lines: readonly LogLine[], { level, message, fields, times = 1 }: ExpectedLogLine): void {
  const same = lines.filter((line) => line.level === level && line.message === message);
  const matching = same.filter((line) => Object.entries(fields).every(([name, value]) => line[name] === value));
  expect({ message, fields, matching: matching.length, lines: same }).toEqual({ message, fields, matching: times, lines: same });
}

/** Neither a log line nor an error quotes the prompt or the key. */
function expectNoSecrets(world: FaultWorld, { status, text }: ApiResponse, lines: readonly LogLine[]): void {
  for (const secret of world.secrets) expect(JSON.stringify(lines)).not.toContain(secret);
  if (status < 400) return;
  for (const secret of world.secrets) expect(text).not.toContain(secret);
}

function sorted(values: readonly string[]): string[] {
  return [...values].sort();
}
