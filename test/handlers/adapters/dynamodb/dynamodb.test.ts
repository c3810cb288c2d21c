import { ConditionalCheckFailedException, DeleteItemCommand, DynamoDBClient, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { DynamoClaims } from '../../../../src/handlers/adapters/dynamodb/dynamo-claims';
import { DynamoRecords } from '../../../../src/handlers/adapters/dynamodb/dynamo-records';
import { dynamoDbTable } from '../../../../src/handlers/adapters/dynamodb/table';
import type { Claim, ImageRecord, JobRecord } from '../../../../src/handlers/generation/records';

const NOW = Date.UTC(2026, 10, 21);
const DAY_MS = 24 * 3600 * 1000;
const send = jest.spyOn(DynamoDBClient.prototype, 'send') as unknown as jest.Mock;
const table = dynamoDbTable('records', 'us-east-1');
const input = () => send.mock.calls[0][0].input;

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
const soon = () => Date.now() + 5_000;
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

describe('DynamoRecords', () => {
  const records = new DynamoRecords(table, () => NOW);

  it('removes the record of that owner', async () => {
    send.mockResolvedValueOnce({});
    await records.remove('client:alice', '01JD');
    expect(send.mock.calls[0][0]).toBeInstanceOf(DeleteItemCommand);
    expect(input()).toEqual({ TableName: 'records', Key: marshall({ pk: 'client:alice', sk: 'IMG#01JD' }) });
  });

  describe('a job', () => {
    const previous: JobRecord = { ...RECORD, images: [], job: { state: 'queued', revision: 3, attempts: 1, throttles: 0 } };
    const next: JobRecord = { ...previous, job: { ...previous.job, state: 'running', revision: 4 } };
    const unchanged = {
      ConditionExpression: '#job.#revision = :revision',
      ExpressionAttributeNames: { '#job': 'job', '#revision': 'revision' },
      ExpressionAttributeValues: marshall({ ':revision': 3 }),
    };
    const lost = () => new ConditionalCheckFailedException({ message: 'no', $metadata: {} });

    it('moves on only from where it was', async () => {
      send.mockResolvedValueOnce({});
      expect(await records.replace(next, previous, soon())).toBe(true);
      expect(input()).toMatchObject(unchanged);
      expect(unmarshall(input().Item)).toMatchObject({ pk: 'client:alice', sk: 'IMG#01JD', job: { state: 'running', revision: 4 } });
      send.mockRejectedValueOnce(lost());
      expect(await records.replace(next, previous, soon())).toBe(false);
      send.mockRejectedValueOnce(new Error('no connection'));
      await expect(records.replace(next, previous, soon())).rejects.toThrow('no connection');
    });

    it('is made only where there is none', async () => {
      send.mockResolvedValueOnce({});
      await records.create(previous, soon());
      expect(input()).toMatchObject({ TableName: 'records', ConditionExpression: 'attribute_not_exists(pk)' });
      send.mockRejectedValueOnce(lost());
      await records.create(previous, soon());
      send.mockRejectedValueOnce(new Error('no connection'));
      await expect(records.create(previous, soon())).rejects.toThrow('no connection');
    });

    it('that was told is no more to be told, if it is still as it was', async () => {
      send.mockResolvedValueOnce({});
      await records.markPublished({ ...previous, unannounced: true }, soon());
      expect(input()).toMatchObject({
        ConditionExpression: 'attribute_exists(#unannounced) AND #job.#revision = :revision',
        ExpressionAttributeNames: { '#job': 'job', '#revision': 'revision', '#unannounced': 'unannounced' },
        ExpressionAttributeValues: marshall({ ':revision': 3 }),
      });
      expect(unmarshall(input().Item)).not.toHaveProperty('unannounced');
      send.mockRejectedValueOnce(lost());
      await records.markPublished({ ...previous, unannounced: true }, soon());
    });

    it('that is done has no revision to go by', async () => {
      send.mockResolvedValueOnce({});
      await records.markPublished({ ...RECORD, unannounced: true }, soon());
      expect(input()).toEqual({
        TableName: 'records',
        Item: expect.not.objectContaining({ unannounced: expect.anything() }),
        ConditionExpression: 'attribute_exists(#unannounced)',
        ExpressionAttributeNames: { '#unannounced': 'unannounced' },
      });
    });

    it('is cancelled only as it was', async () => {
      send.mockResolvedValueOnce({});
      expect(await records.cancel(previous)).toBe(true);
      expect(send.mock.calls[0][0]).toBeInstanceOf(DeleteItemCommand);
      expect(input()).toEqual({ TableName: 'records', Key: marshall({ pk: 'client:alice', sk: 'IMG#01JD' }), ...unchanged });
      send.mockRejectedValueOnce(lost());
      expect(await records.cancel(previous)).toBe(false);
    });
  });

  /** The item that `put` writes for a record. */
  async function itemOf(record: ImageRecord): Promise<Record<string, AttributeValue>> {
    send.mockResolvedValueOnce({});
    await records.put(record, soon());
    const { Item } = input();
    send.mockClear();
    return Item;
  }
  const ended = (ttl: number) => ({ ...RECORD, imageExpiresAt: ttl - 7 * DAY_MS });

  it('keeps a record under its owner, for 7 days longer than its images', async () => {
    const item = await itemOf(RECORD);
    expect(unmarshall(item)).toMatchObject({ pk: 'client:alice', sk: 'IMG#01JD', ttl: (NOW + 37 * DAY_MS) / 1000, prompt: 'p' });
  });

  it('reads back what it wrote, right away', async () => {
    send.mockResolvedValue({ Item: await itemOf(RECORD) });
    expect(await records.get('client:alice', '01JD')).toEqual(RECORD);
    expect(unmarshall(input().Key)).toEqual({ pk: 'client:alice', sk: 'IMG#01JD' });
    expect(input()).toMatchObject({ TableName: 'records', ConsistentRead: true });
  });

  it('does not find a record past its time that DynamoDB still holds', async () => {
    send.mockResolvedValue({ Item: await itemOf(ended(NOW)) });
    expect(await records.get('client:alice', '01JD')).toBeUndefined();
  });

  it('lists one owner\'s images only, newest first, from the cursor on', async () => {
    send.mockResolvedValue({ Items: [await itemOf(RECORD), await itemOf({ ...ended(NOW), id: '01JC' })] });
    expect(await records.list('client:alice', 2, '01JE')).toEqual({ records: [RECORD] });
    expect(input()).toMatchObject({ KeyConditionExpression: 'pk = :owner AND begins_with(sk, :images)', ScanIndexForward: false, ConsistentRead: true });
    expect(unmarshall(input().ExpressionAttributeValues)).toEqual({ ':owner': 'client:alice', ':images': 'IMG#' });
    expect(unmarshall(input().ExclusiveStartKey)).toEqual({ pk: 'client:alice', sk: 'IMG#01JE' });
  });

  it('names a cursor only where there is more', async () => {
    const items = [await itemOf(RECORD), await itemOf({ ...RECORD, id: '01JC' })];
    send.mockResolvedValue({ Items: items });
    expect(await records.list('client:alice', 2)).toEqual({ records: [RECORD, { ...RECORD, id: '01JC' }] });
    expect(await records.list('client:alice', 1)).toEqual({ records: [RECORD], cursor: '01JD' });
    expect(send.mock.calls.map(([command]) => command.input.Limit)).toEqual([3, 2]);
  });

  it('goes on where DynamoDB ended a page by its size', async () => {
    send.mockResolvedValue({ Items: [await itemOf(RECORD)], LastEvaluatedKey: marshall({ pk: 'client:alice', sk: 'IMG#01JD' }) });
    expect((await records.list('client:alice', 20)).cursor).toBe('01JD');
  });
});

describe('DynamoClaims', () => {
  const claims = new DynamoClaims(table);
  const refused = (Item?: Record<string, AttributeValue>) => new ConditionalCheckFailedException({ message: 'refused', $metadata: {}, Item });

  it('writes a claim unless a live one is there, and does not keep the key itself', async () => {
    send.mockResolvedValue({});
    expect(await claims.take(CLAIM, NOW)).toBeUndefined();
    expect(input()).toMatchObject({ ConditionExpression: 'attribute_not_exists(pk) OR expiresAt <= :now', ExpressionAttributeValues: { ':now': { N: String(NOW) } } });
    expect(unmarshall(input().Item)).toMatchObject({ pk: 'client:alice', sk: expect.stringMatching(/^IDEM#[0-9a-f]{64}$/), ttl: (NOW + DAY_MS) / 1000, id: '01JD' });
    expect(JSON.stringify(input())).not.toContain('my key');
  });

  it('hands back the live one as it was written', async () => {
    send.mockResolvedValueOnce({});
    const live: Claim = { ...CLAIM, id: 'other', holder: 'other' };
    await claims.take(live, NOW);
    const { Item, ReturnValuesOnConditionCheckFailure } = input();
    expect(ReturnValuesOnConditionCheckFailure).toBe('ALL_OLD');
    send.mockRejectedValueOnce(refused(Item));
    expect(await claims.take(CLAIM, NOW)).toEqual(live);
  });

  it('replaces exactly the lapsed one that it names', async () => {
    send.mockResolvedValue({});
    await claims.take(CLAIM, NOW, { ...CLAIM, holder: 'other' });
    expect(input()).toMatchObject({ ConditionExpression: 'holder = :holder', ExpressionAttributeValues: { ':holder': { S: 'other' } } });
  });

  it('reports a lapsed one that vanished as not taken', async () => {
    send.mockRejectedValue(refused());
    expect(await claims.take(CLAIM, NOW, CLAIM)).toEqual(CLAIM);
  });

  it('fails when DynamoDB fails', async () => {
    send.mockRejectedValue(new Error('slow down'));
    await expect(claims.take(CLAIM, NOW)).rejects.toThrow('slow down');
  });

  it.each(['settle', 'release'] as const)('%ss only what no other attempt took over', async (action) => {
    send.mockResolvedValue({});
    await claims[action](CLAIM, soon());
    expect(input()).toMatchObject({ ConditionExpression: 'holder = :holder', ExpressionAttributeValues: { ':holder': { S: 'me' } } });
  });

  it('settles what was paid for unless something else was, whoever has taken over', async () => {
    send.mockResolvedValue({});
    await claims.settle({ ...CLAIM, state: 'done' }, soon());
    expect(input()).toMatchObject({
      ConditionExpression: 'attribute_not_exists(pk) OR #state <> :done',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: { ':done': { S: 'done' } },
    });
  });

  it.each(['settle', 'release'] as const)('is content where it may not %s any more', async (action) => {
    send.mockRejectedValue(new ConditionalCheckFailedException({ message: 'no', $metadata: {} }));
    await expect(claims[action](CLAIM, soon())).resolves.toBeUndefined();
    send.mockRejectedValue(new Error('slow down'));
    await expect(claims[action](CLAIM, soon())).rejects.toThrow('slow down');
  });

  it('replaces whatever is there', async () => {
    send.mockResolvedValue({});
    await claims.replace(CLAIM);
    expect(input()).not.toHaveProperty('ConditionExpression');
  });
});
