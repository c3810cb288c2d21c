import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Claim, ImageRecord } from '../../../src/handlers/generation/ports';
import { DynamoClaims } from '../../../src/handlers/records/dynamo-claims';
import { DynamoRecords } from '../../../src/handlers/records/dynamo-records';
import { dynamoDbTable } from '../../../src/handlers/records/table';

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
const CLAIM: Claim = { owner: 'client:alice', key: 'my key', fingerprint: 'f', id: '01JD', seed: 1, leaseUntil: NOW + 30_000, expiresAt: NOW + DAY_MS, state: 'running' };

describe('DynamoRecords', () => {
  const records = new DynamoRecords(table, () => NOW);
  const item = (ttlSeconds: number) => {
    const { owner, id, ...rest } = RECORD;
    return marshall({ pk: owner, sk: `IMG#${id}`, ttl: ttlSeconds, ...rest });
  };

  it('keeps a record under its owner, for 7 days longer than its images', async () => {
    send.mockResolvedValue({});
    await records.put(RECORD);
    expect(unmarshall(input().Item)).toMatchObject({ pk: 'client:alice', sk: 'IMG#01JD', ttl: (NOW + 37 * DAY_MS) / 1000, prompt: 'p' });
    expect(input().TableName).toBe('records');
  });

  it('reads back what it wrote', async () => {
    send.mockResolvedValue({ Item: item(NOW / 1000 + 1) });
    expect(await records.get('client:alice', '01JD')).toEqual(RECORD);
    expect(unmarshall(input().Key)).toEqual({ pk: 'client:alice', sk: 'IMG#01JD' });
  });

  it('does not find a record past its time that DynamoDB still holds', async () => {
    send.mockResolvedValue({ Item: item(NOW / 1000) });
    expect(await records.get('client:alice', '01JD')).toBeUndefined();
  });

  it('lists one owner\'s images only, newest first, from the cursor on', async () => {
    send.mockResolvedValue({ Items: [item(NOW / 1000 + 1), item(NOW / 1000)], LastEvaluatedKey: marshall({ pk: 'client:alice', sk: 'IMG#01JC' }) });
    expect(await records.list('client:alice', 2, '01JE')).toEqual({ records: [RECORD], cursor: '01JC' });
    expect(input()).toMatchObject({ KeyConditionExpression: 'pk = :owner AND begins_with(sk, :images)', ScanIndexForward: false, Limit: 2 });
    expect(unmarshall(input().ExpressionAttributeValues)).toEqual({ ':owner': 'client:alice', ':images': 'IMG#' });
    expect(unmarshall(input().ExclusiveStartKey)).toEqual({ pk: 'client:alice', sk: 'IMG#01JE' });
  });
});

describe('DynamoClaims', () => {
  const claims = new DynamoClaims(table);
  const refused = (there?: Claim) => new ConditionalCheckFailedException({ message: 'refused', $metadata: {}, ...(there && { Item: marshall(there) }) });

  it('writes a claim unless a live one is there, and does not keep the key itself', async () => {
    send.mockResolvedValue({});
    expect(await claims.take(CLAIM, NOW)).toBeUndefined();
    expect(input()).toMatchObject({ ConditionExpression: 'attribute_not_exists(pk) OR expiresAt <= :now', ExpressionAttributeValues: { ':now': { N: String(NOW) } } });
    expect(unmarshall(input().Item)).toMatchObject({ pk: 'client:alice', sk: expect.stringMatching(/^IDEM#[0-9a-f]{64}$/), ttl: (NOW + DAY_MS) / 1000, id: '01JD' });
    expect(JSON.stringify(input())).not.toContain('my key');
  });

  it('hands back the live one', async () => {
    send.mockRejectedValue(refused({ ...CLAIM, id: 'other' }));
    expect(await claims.take(CLAIM, NOW)).toMatchObject({ id: 'other', key: 'my key' });
  });

  it('replaces exactly the lapsed one that it names', async () => {
    send.mockResolvedValue({});
    await claims.take(CLAIM, NOW, { ...CLAIM, leaseUntil: 5 });
    expect(input()).toMatchObject({ ConditionExpression: 'leaseUntil = :lease', ExpressionAttributeValues: { ':lease': { N: '5' } } });
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
    await claims[action](CLAIM);
    expect(input()).toMatchObject({ ConditionExpression: 'leaseUntil = :lease', ExpressionAttributeValues: { ':lease': { N: String(CLAIM.leaseUntil) } } });
  });
});
