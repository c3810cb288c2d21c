import { ownerOf } from '../../../src/handlers/http/owner';
import { CONFIGURATION, World } from '../../helpers/world';

const account = { accountId: '111122223333' };

describe('ownerOf', () => {
  it('is the client, whichever of its keys is used', () => {
    for (const apiKeyId of ['key-a', 'key-a2']) expect(ownerOf(CONFIGURATION.auth, { apiKeyId })).toBe('client:alice');
  });

  it.each([{ apiKeyId: 'stranger' }, { apiKeyId: null }, {}])('fails when the key belongs to no client: %j', (identity) => {
    expect(() => ownerOf(CONFIGURATION.auth, identity)).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
  });

  it('is the IAM user', () => {
    expect(ownerOf({ mode: 'iam' }, { ...account, user: 'AIDAEXAMPLE' })).toBe('iam:111122223333:AIDAEXAMPLE');
  });

  it('is the role and not its session, whose name the caller chooses', () => {
    const [first, second] = ['one', 'two'].map((session) => ownerOf({ mode: 'iam' }, { ...account, user: `AROAEXAMPLE:${session}` }));
    expect(first).toBe('iam:111122223333:AROAEXAMPLE');
    expect(second).toBe(first);
  });

  it('is the identity of a Cognito identity pool, whose users share one role', () => {
    const identity = { ...account, user: 'AROAEXAMPLE:CognitoIdentityCredentials', cognitoIdentityId: 'eu-west-1:1234' };
    expect(ownerOf({ mode: 'iam' }, identity)).toBe('identity:eu-west-1:1234');
  });

  it('is the root user, but nobody in a federated session, which has no identity of its own', () => {
    expect(ownerOf({ mode: 'iam' }, { ...account, user: '111122223333' })).toBe('iam:111122223333:111122223333');
    expect(() => ownerOf({ mode: 'iam' }, { ...account, user: '111122223333:bob' })).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
  });

  it.each([{ user: 'AROAEXAMPLE' }, account, { ...account, user: '' }])('fails when there is no IAM identity: %j', (identity) => {
    expect(() => ownerOf({ mode: 'iam' }, identity)).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
  });

  describe('by an authorizer', () => {
    const byClaims = { mode: 'authorizer', fields: ['claims.iss', 'claims.sub'] } as const;
    const owner = (claims: unknown) => ownerOf(byClaims, account, { claims, principalId: 'mallory' });

    it('is what its fields hold', () => {
      expect(owner({ iss: 'https://issuer.example', sub: 'alice', email: 'a@example.com' })).toBe('user:["https://issuer.example","alice"]');
      expect(ownerOf({ mode: 'authorizer', fields: ['principalId'] }, {}, { principalId: 'alice' })).toBe('user:["alice"]');
    });

    it('is another for another of them, however they are put together', () => {
      const owners = [['a', 'b'], ['a","b', ''], ['ab', 'c'], ['a', 'bc'], ['https://one', 'alice'], ['https://two', 'alice']].slice(2).map(([iss, sub]) => owner({ iss, sub }));
      expect(new Set([...owners, owner({ iss: 'a","b', sub: 'c' }), owner({ iss: 'a', sub: 'b","c' })]).size).toBe(6);
    });

    it.each([
      [undefined], [null], ['alice'], [{}], [{ iss: 'x' }], [{ sub: 'alice' }], [{ iss: '', sub: 'alice' }], [{ iss: 'x', sub: '' }], [{ iss: 'x', sub: 5 }],
      [{ iss: 'x', sub: ['alice'] }], [{ iss: 'x', sub: 'a'.repeat(1_000) }],
    ])('fails where one is missing: %j', (claims) => {
      expect(() => owner(claims)).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
    });

    it('is none that every object has', () => {
      expect(() => ownerOf({ mode: 'authorizer', fields: ['constructor.name'] }, {}, {})).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
    });

    it('is none where no authorizer was', () => {
      for (const authorizer of [undefined, null]) expect(() => ownerOf(byClaims, account, authorizer)).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
    });
  });

  it('is nobody without authentication', () => {
    expect(ownerOf({ mode: 'none' }, { apiKeyId: 'key-a' })).toBe('~anonymous');
  });
});

describe('an owner', () => {
  it('cannot be chosen by a header', async () => {
    const world = new World();
    const { json } = await world.call('POST /images', { body: { prompt: 'x' }, keyId: 'key-a' });
    const headers = { 'x-api-key-id': 'key-a', 'x-owner': 'client:alice', 'x-amzn-apigateway-api-id': 'key-a' };
    expect((await world.call(`GET /images/${json.id}`, { keyId: 'key-b', headers })).status).toBe(404);
  });

  it('that is unknown gets 403 with CORS headers', async () => {
    const { status, json, headers } = await new World().call('GET /images', { keyId: 'stranger' });
    expect([status, json.code]).toEqual([403, 'FORBIDDEN']);
    expect(headers).toHaveProperty('Access-Control-Allow-Origin');
  });

  it('has a folder in the bucket that does not name it', async () => {
    const world = new World();
    await world.call('POST /images', { body: { prompt: 'x' } });
    const [key] = world.store.objects.keys();
    expect(key).toMatch(/^images\/[0-9a-f]{32}\//);
    expect(key).not.toContain('alice');
  });
});
