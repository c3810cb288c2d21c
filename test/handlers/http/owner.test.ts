import { ownerOf } from '../../../src/handlers/http/owner';
import { CONFIGURATION, World } from '../../helpers/world';

const account = { accountId: '111122223333' };

describe('ownerOf', () => {
  it('returns the client for each of its API keys', () => {
    for (const apiKeyId of ['key-a', 'key-a2']) expect(ownerOf(CONFIGURATION.auth, { apiKeyId })).toBe('client:alice');
  });

  it.each([{ apiKeyId: 'stranger' }, { apiKeyId: null }, {}])('fails when the API key does not belong to a client: %j', (identity) => {
    expect(() => ownerOf(CONFIGURATION.auth, identity)).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
  });

  it('fails for any API key if the API has no clients', () => {
    expect(() => ownerOf({ mode: 'apiKey' }, { apiKeyId: 'key-a' })).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
  });

  it('returns the IAM user', () => {
    expect(ownerOf({ mode: 'iam' }, { ...account, user: 'AIDAEXAMPLE' })).toBe('iam:111122223333:AIDAEXAMPLE');
  });

  it('returns the role without the session name, which the caller chooses', () => {
    const [first, second] = ['one', 'two'].map((session) => ownerOf({ mode: 'iam' }, { ...account, user: `AROAEXAMPLE:${session}` }));
    expect(first).toBe('iam:111122223333:AROAEXAMPLE');
    expect(second).toBe(first);
  });

  it('returns the Cognito identity, because all users of an identity pool share a role', () => {
    const identity = { ...account, user: 'AROAEXAMPLE:CognitoIdentityCredentials', cognitoIdentityId: 'eu-west-1:1234' };
    expect(ownerOf({ mode: 'iam' }, identity)).toBe('identity:eu-west-1:1234');
  });

  it('returns the root user, but fails for a session of GetFederationToken', () => {
    expect(ownerOf({ mode: 'iam' }, { ...account, user: '111122223333' })).toBe('iam:111122223333:111122223333');
    expect(() => ownerOf({ mode: 'iam' }, { ...account, user: '111122223333:bob' })).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
  });

  it.each([{ user: 'AROAEXAMPLE' }, account, { ...account, user: '' }])('fails without an account or user: %j', (identity) => {
    expect(() => ownerOf({ mode: 'iam' }, identity)).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
  });

  describe('with an authorizer', () => {
    const byClaims = { mode: 'authorizer', fields: ['claims.iss', 'claims.sub'] } as const;
    const owner = (claims: unknown) => ownerOf(byClaims, account, { claims, principalId: 'mallory' });

    it('returns the values of the owner fields', () => {
      expect(owner({ iss: 'https://issuer.example', sub: 'alice', email: 'a@example.com' })).toBe('user:["https://issuer.example","alice"]');
      expect(ownerOf({ mode: 'authorizer', fields: ['principalId'] }, {}, { principalId: 'alice' })).toBe('user:["alice"]');
    });

    it('returns different owners for different values, even if their concatenation is equal', () => {
      const claims = [['ab', 'c'], ['a', 'bc'], ['https://one', 'alice'], ['https://two', 'alice'], ['a","b', 'c'], ['a', 'b","c']];
      expect(new Set(claims.map(([iss, sub]) => owner({ iss, sub }))).size).toBe(claims.length);
    });

    it.each([
      [undefined], [null], ['alice'], [{}], [{ iss: 'x' }], [{ sub: 'alice' }], [{ iss: '', sub: 'alice' }], [{ iss: 'x', sub: '' }], [{ iss: 'x', sub: 5 }],
      [{ iss: 'x', sub: ['alice'] }], [{ iss: 'x', sub: 'a'.repeat(2_048) }],
    ])('fails when a value is missing, empty, too long or not a string: %j', (claims) => {
      expect(() => owner(claims)).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
    });

    it('has at most as many bytes as a partition key', () => {
      expect(Buffer.byteLength(owner({ iss: 'x', sub: '\u6f22'.repeat(678) }))).toBe(2_047);
      expect(Buffer.byteLength(owner({ iss: 'x', sub: `${'\u6f22'.repeat(678)}a` }))).toBe(2_048);
      expect(() => owner({ iss: 'x', sub: '\u6f22'.repeat(679) })).toThrow('the identity of the caller must have at most 2048 bytes, got 2050');
    });

    describe('that accepts the tokens of some app clients', () => {
      const accepted = (claims: unknown) => ownerOf({ ...byClaims, clientIds: ['web', 'mobile'] }, account, { claims });
      const user = { iss: 'https://issuer.example', sub: 'alice' };

      it.each([{ aud: 'web' }, { client_id: 'mobile' }])('returns the owner for a token with %j', (client) => {
        expect(accepted({ ...user, ...client })).toBe('user:["https://issuer.example","alice"]');
      });

      it.each([{ aud: 'other' }, { client_id: 'other' }, { client_id: 'other', aud: 'web' }, { client_id: ['web'] }, { aud: 'webmobile' }, {}])('fails for a token with %j', (client) => {
        expect(() => accepted({ ...user, ...client })).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
      });
    });

    it.each([undefined, []])('fails without owner fields: %j', (fields) => {
      expect(() => ownerOf({ mode: 'authorizer', fields }, account, { principalId: 'alice' })).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
    });

    it('ignores inherited properties', () => {
      expect(() => ownerOf({ mode: 'authorizer', fields: ['constructor.name'] }, {}, {})).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
    });

    it('fails without an authorizer context', () => {
      for (const authorizer of [undefined, null]) expect(() => ownerOf(byClaims, account, authorizer)).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
    });
  });

  it('returns the anonymous owner without authentication', () => {
    expect(ownerOf({ mode: 'none' }, { apiKeyId: 'key-a' })).toBe('~anonymous');
  });
});

it('a request returns 403 with CORS headers if the API key belongs to no client', async () => {
  const { status, json, headers } = await new World().call('GET /images', { keyId: 'stranger' });
  expect({ status, json }).toMatchObject({ status: 403, json: { code: 'FORBIDDEN' } });
  expect(headers).toHaveProperty('Access-Control-Allow-Origin');
});

describe('the owner of a request', () => {
  it('cannot be set by a header', async () => {
    const world = new World();
    const { json } = await world.call('POST /images', { body: { prompt: 'x' }, keyId: 'key-a' });
    const headers = { 'x-api-key-id': 'key-a', 'x-owner': 'client:alice', 'x-amzn-apigateway-api-id': 'key-a' };
    expect((await world.call(`GET /images/${json.id}`, { keyId: 'key-b', headers })).status).toBe(404);
  });

  it('has a folder in the bucket that does not contain its name', async () => {
    const world = new World();
    await world.call('POST /images', { body: { prompt: 'x' } });
    const [key] = world.store.objects.keys();
    expect(key).toMatch(/^images\/[0-9a-f]{32}\//);
    expect(key).not.toContain('alice');
  });
});
