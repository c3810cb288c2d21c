import { ConditionalCheckFailedException, DynamoDBClient, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { DynamoBatches } from '../../../../src/handlers/adapters/dynamodb/dynamo-batches';
import { DynamoClaims } from '../../../../src/handlers/adapters/dynamodb/dynamo-claims';
import { DynamoRecords } from '../../../../src/handlers/adapters/dynamodb/dynamo-records';
import { dynamoDbTable } from '../../../../src/handlers/adapters/dynamodb/table';
import type { Batch, Claim, ImageRecord, JobRecord } from '../../../../src/handlers/generation/storage/records';

// The stored layout, and requests that the emulator cannot tell apart. test/e2e/port-contract.test.ts tests the behavior.

const NOW = Date.UTC(2026, 10, 21);
const DAY_MS = 24 * 3600 * 1000;
const send = jest.spyOn(DynamoDBClient.prototype, 'send') as unknown as jest.Mock;
const table = dynamoDbTable('records', 'us-east-1');
const records = new DynamoRecords(table, () => NOW);
const claims = new DynamoClaims(table);
const batches = new DynamoBatches(table, () => NOW);

const input = () => send.mock.calls[0][0].input;
const item = () => unmarshall(input().Item);
const soon = () => Date.now() + 5_000;
const conditionFailed = (Item?: Record<string, AttributeValue>) => new ConditionalCheckFailedException({ message: 'failed', $metadata: {}, Item });

const RECORD: ImageRecord = {
  owner: 'client:alice',
  id: '01JD',
  model: 'm',
  prompt: 'p',
  createdAt: NOW,
  imageExpiresAt: NOW + 30 * DAY_MS,
  failures: [],
  images: [{ key: 'k', seed: 1, contentType: 'image/png', width: 1, height: 1, bytes: 3 }],
};
const JOB: JobRecord = { ...RECORD, images: [], eventPending: true, job: { state: 'queued', revision: 3, attempts: 1, throttles: 0 } };
const CLAIM: Claim = {
  owner: 'client:alice',
  key: 'my key',
  fingerprint: 'f',
  id: '01JD',
  seed: 1,
  holder: 'me',
  createdAt: NOW,
  leaseUntil: NOW + 30_000,
  expiresAt: NOW + DAY_MS,
  state: 'running',
};
const BATCH: Batch = { owner: 'client:alice', id: '01JB', createdAt: NOW, images: ['01JD'], expirationDays: 30 };

beforeEach(() => { send.mockReset().mockResolvedValue({}); });

describe('the layout of the table', () => {
  it('has records under IMG#, until 7 days after their images have expired', async () => {
    await records.put(RECORD, soon());
    const { owner, id, ...attributes } = RECORD;
    expect(item()).toEqual({ pk: 'client:alice', sk: 'IMG#01JD', ttl: (NOW + 37 * DAY_MS) / 1000, ...attributes });
  });

  it('has batches under BATCH#, until 7 days after their images have expired', async () => {
    await batches.put(BATCH, soon());
    expect(item()).toEqual({
      pk: 'client:alice', sk: 'BATCH#01JB', ttl: (NOW + 37 * DAY_MS) / 1000, createdAt: NOW, images: ['01JD'], expirationDays: 30,
    });
  });

  it('has idempotency keys under IDEM#, as a hash, until they expire', async () => {
    await claims.take({ ...CLAIM, expiresAt: CLAIM.expiresAt + 1 }, NOW);
    const { owner, key, expiresAt, ...attributes } = CLAIM;
    expect(item()).toEqual({
      pk: 'client:alice', sk: expect.stringMatching(/^IDEM#[0-9a-f]{64}$/), ttl: (NOW + DAY_MS) / 1000 + 1, expiresAt: expiresAt + 1, ...attributes,
    });
    expect(JSON.stringify(input())).not.toContain('my key');
  });

  it('has deleted records under DELETED#, until the given time', async () => {
    await records.markDeleted('client:alice', '01JD', NOW + 1);
    expect(item()).toEqual({ pk: 'client:alice', sk: 'DELETED#01JD', expiresAt: NOW + 1, ttl: NOW / 1000 + 1 });
  });

  it('omits what is undefined', async () => {
    await records.put({ ...RECORD, prompt: undefined }, soon());
    expect(item()).not.toHaveProperty('prompt');
    await claims.take({ ...CLAIM, text: undefined }, NOW);
    expect(item()).not.toHaveProperty('text');
  });
});

it.each<[string, () => Promise<unknown>]>([
  ['records.put', () => records.put(RECORD, soon())],
  ['records.create', () => records.create(JOB, soon())],
  ['records.replace', () => records.replace(JOB, JOB, soon())],
  ['records.markPublished', () => records.markPublished(JOB, soon())],
  ['records.get', () => records.get('client:alice', '01JD')],
  ['records.list', () => records.list('client:alice', 10)],
  ['records.remove', () => records.remove('client:alice', '01JD')],
  ['records.markDeleted', () => records.markDeleted('client:alice', '01JD', NOW)],
  ['records.wasDeleted', () => records.wasDeleted('client:alice', '01JD')],
  ['records.cancel', () => records.cancel(JOB)],
  ['claims.take', () => claims.take(CLAIM, NOW)],
  ['claims.replace', () => claims.replace(CLAIM)],
  ['claims.update', () => claims.update(CLAIM, soon())],
  ['claims.release', () => claims.release(CLAIM, soon())],
  ['batches.put', () => batches.put(BATCH, soon())],
  ['batches.get', () => batches.get('client:alice', '01JB')],
])('%s calls the table and fails when DynamoDB fails', async (_method, call) => {
  await call();
  expect(input().TableName).toBe('records');
  send.mockRejectedValue(new Error('throttled'));
  await expect(call()).rejects.toThrow('throttled');
});

describe('reads', () => {
  // the emulator has no eventual consistency
  it.each<[string, () => Promise<unknown>]>([
    ['records.get', () => records.get('client:alice', '01JD')],
    ['records.list', () => records.list('client:alice', 10)],
    ['records.wasDeleted', () => records.wasDeleted('client:alice', '01JD')],
    ['batches.get', () => batches.get('client:alice', '01JB')],
  ])('%s reads consistently', async (_method, call) => {
    await call();
    expect(input().ConsistentRead).toBe(true);
  });

  it('get and list omit expired items', async () => {
    await records.put({ ...RECORD, imageExpiresAt: NOW - 7 * DAY_MS }, soon());
    const { Item } = input();
    send.mockResolvedValue({ Item, Items: [Item] });
    expect(await records.get('client:alice', '01JD')).toBeUndefined();
    expect(await records.list('client:alice', 10)).toEqual({ records: [] });
    await batches.put({ ...BATCH, createdAt: NOW - 37 * DAY_MS }, soon());
    send.mockResolvedValue({ Item: send.mock.lastCall?.[0].input.Item });
    expect(await batches.get('client:alice', '01JB')).toBeUndefined();
  });

  it('a deleted image is known until its marker expires', async () => {
    for (const [expiresAt, expected] of [[NOW + 1, true], [NOW, false]] as const) {
      await records.markDeleted('client:alice', '01JD', expiresAt);
      send.mockResolvedValue({ Item: send.mock.lastCall?.[0].input.Item });
      expect(await records.wasDeleted('client:alice', '01JD')).toBe(expected);
      expect(unmarshall(send.mock.lastCall?.[0].input.Key)).toEqual({ pk: 'client:alice', sk: 'DELETED#01JD' });
    }
    send.mockResolvedValue({});
    expect(await records.wasDeleted('client:alice', '01JD')).toBe(false);
  });

  it('a batch is returned as it was written', async () => {
    await batches.put(BATCH, soon());
    send.mockResolvedValue({ Item: input().Item });
    expect(await batches.get('client:alice', '01JB')).toEqual(BATCH);
    expect(unmarshall(send.mock.lastCall?.[0].input.Key)).toEqual({ pk: 'client:alice', sk: 'BATCH#01JB' });
  });

  it('list reads the records of an owner, newest first, and one more to know whether there are more', async () => {
    await records.put(RECORD, soon());
    const { Item } = input();
    send.mockResolvedValue({ Items: [Item, { ...Item, sk: { S: 'IMG#01JC' } }] });
    expect(await records.list('client:alice', 1)).toEqual({ records: [RECORD], cursor: '01JD' });
    const { ScanIndexForward, Limit, ExpressionAttributeValues, ExclusiveStartKey } = send.mock.lastCall?.[0].input;
    expect({ ScanIndexForward, Limit, ExclusiveStartKey }).toEqual({ ScanIndexForward: false, Limit: 2, ExclusiveStartKey: undefined });
    expect(unmarshall(ExpressionAttributeValues)).toEqual({ ':owner': 'client:alice', ':images': 'IMG#' });
    expect(await records.list('client:alice', 2)).not.toHaveProperty('cursor');
  });

  it('list continues if DynamoDB ends a page by its size', async () => {
    await records.put(RECORD, soon());
    send.mockResolvedValue({ Items: [input().Item], LastEvaluatedKey: marshall({ pk: 'client:alice', sk: 'IMG#01JD' }) });
    expect(await records.list('client:alice', 20)).toEqual({ records: [RECORD], cursor: '01JD' });
  });

  it('list continues after the record of the cursor', async () => {
    await records.list('client:alice', 20, '01JE');
    expect(unmarshall(input().ExclusiveStartKey)).toEqual({ pk: 'client:alice', sk: 'IMG#01JE' });
  });
});

describe('the condition of a write', () => {
  /** Returns the values and the attribute names that the condition of a request compares, without its expression. */
  async function conditionOf(call: () => Promise<unknown>): Promise<{ values?: unknown; names?: unknown } | undefined> {
    await call();
    const { ConditionExpression, ExpressionAttributeValues, ExpressionAttributeNames } = input();
    if (ConditionExpression === undefined) return undefined;
    return {
      ...(ExpressionAttributeValues && { values: unmarshall(ExpressionAttributeValues) }),
      ...(ExpressionAttributeNames && { names: Object.values(ExpressionAttributeNames) }),
    };
  }
  const REVISION = { values: { ':revision': 3 }, names: ['job', 'revision'] };

  it.each<[string, () => Promise<unknown>, object | undefined]>([
    ['records.put', () => records.put(RECORD, soon()), undefined],
    ['records.create', () => records.create(JOB, soon()), {}],
    ['records.replace', () => records.replace({ ...JOB, job: { ...JOB.job, revision: 4 } }, JOB, soon()), REVISION],
    ['records.cancel', () => records.cancel(JOB), REVISION],
    ['records.markPublished of a job', () => records.markPublished(JOB, soon()), { ...REVISION, names: ['job', 'revision', 'eventPending'] }],
    ['records.markPublished of a record', () => records.markPublished(RECORD, soon()), { names: ['eventPending'] }],
    ['claims.take', () => claims.take(CLAIM, NOW), { values: { ':now': NOW } }],
    ['claims.take over another claim', () => claims.take(CLAIM, NOW, { ...CLAIM, holder: 'other' }), { values: { ':holder': 'other' } }],
    ['claims.replace', () => claims.replace(CLAIM), undefined],
    ['claims.update', () => claims.update({ ...CLAIM, state: 'filtered' }, soon()), { values: { ':holder': 'me' } }],
    ['claims.update with done', () => claims.update({ ...CLAIM, state: 'done' }, soon()), { values: { ':done': 'done' }, names: ['state'] }],
    ['claims.release', () => claims.release(CLAIM, soon()), { values: { ':holder': 'me' } }],
  ])('compares these values: %s', async (_method, call, condition) => {
    expect(await conditionOf(call)).toEqual(condition);
  });
});

it.each<[string, ImageRecord, string]>([
  ['a job', JOB, 'attribute_exists(#eventPending) AND #job.#revision = :revision'], ['a record', RECORD, 'attribute_exists(#eventPending)'],
])('the event of %s is marked as published once', async (_what, record, condition) => {
  await records.markPublished(record, soon());
  expect(input().ConditionExpression).toBe(condition);
});

it('a write ends at its deadline, and the cancellation of a job has none', async () => {
  expect(await records.replace(JOB, JOB, soon())).toBe(true);
  expect(send.mock.lastCall?.[1]).toEqual({ abortSignal: expect.any(AbortSignal) });
  expect(await records.cancel(JOB)).toBe(true);
  expect(send.mock.lastCall?.[1]).toBeUndefined();
});

describe('a failed condition', () => {
  beforeEach(() => { send.mockRejectedValue(conditionFailed()); });

  it('is the result of replace and cancel', async () => {
    expect(await records.replace(JOB, JOB, soon())).toBe(false);
    expect(await records.cancel(JOB)).toBe(false);
  });

  it('is ignored by create, markPublished, update and release', async () => {
    await expect(records.create(JOB, soon())).resolves.toBeUndefined();
    await expect(records.markPublished(JOB, soon())).resolves.toBeUndefined();
    await expect(claims.update(CLAIM, soon())).resolves.toBeUndefined();
    await expect(claims.release(CLAIM, soon())).resolves.toBeUndefined();
  });

  it('returns the existing claim from the same request', async () => {
    send.mockReset().mockResolvedValueOnce({});
    const other: Claim = { ...CLAIM, id: 'other', holder: 'other' };
    await claims.take(other, NOW);
    expect(input().ReturnValuesOnConditionCheckFailure).toBe('ALL_OLD');
    send.mockRejectedValueOnce(conditionFailed(input().Item));
    expect(await claims.take(CLAIM, NOW)).toEqual(other);
  });

  it('returns the superseded claim if it was deleted', async () => {
    expect(await claims.take(CLAIM, NOW, { ...CLAIM, holder: 'other' })).toEqual({ ...CLAIM, holder: 'other' });
  });
});
