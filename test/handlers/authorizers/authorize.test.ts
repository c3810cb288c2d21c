import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { authorize } from '../../../src/handlers/authorizers/authorize';
import { InvalidTokenError, KeysUnavailableError, type TokenVerifier } from '../../../src/handlers/authorizers/token-verifier';
import { jsonLogger } from '../../../src/handlers/shared/log';

const METHOD = 'arn:aws:execute-api:eu-west-1:111122223333:abc123/prod/POST/images';
const verified: string[] = [];
const logs: string[] = [];
let verify: () => { iss: string; sub: string };
beforeEach(() => {
  verified.length = 0;
  logs.length = 0;
  verify = () => ({ iss: 'https://issuer.example', sub: 'alice' });
});

const tokens = { verify: async (token: string) => { verified.push(token); return verify(); } } as TokenVerifier;
const authorized = (headers: Record<string, string | undefined> | null) => authorize(
  { methodArn: METHOD, headers, requestContext: { requestId: 'request-1' } } as unknown as APIGatewayRequestAuthorizerEvent, tokens, jsonLogger((line) => logs.push(line)),
);

describe('the JWT authorizer', () => {
  it.each(['Bearer abc', 'bearer abc', 'Bearer   abc', ' Bearer abc '])('verifies the token of the header Authorization: %s', async (Authorization) => {
    await authorized({ Authorization });
    expect(verified).toEqual(['abc']);
  });

  it('allows all methods of the stage and passes the user to the handler', async () => {
    expect(await authorized({ authorization: 'Bearer abc' })).toEqual({
      principalId: 'user',
      policyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: 'arn:aws:execute-api:eu-west-1:111122223333:abc123/prod/*' }],
      },
      context: { iss: 'https://issuer.example', sub: 'alice' },
    });
  });

  it.each([null, {}, { Authorization: '' }, { Authorization: 'abc' }, { Authorization: 'Basic abc' }, { Authorization: 'Bearer' }, { Authorization: 'Bearer a b' }])(
    'throws Unauthorized without a token: %j', async (headers) => {
      await expect(authorized(headers)).rejects.toThrow(/^Unauthorized$/);
      expect(verified).toEqual([]);
    });

  it('throws Unauthorized for an invalid token and logs the reason', async () => {
    verify = () => { throw new InvalidTokenError('JwtExpiredError'); };
    await expect(authorized({ Authorization: 'Bearer abc.secret.def' })).rejects.toThrow(/^Unauthorized$/);
    expect(logs).toEqual([expect.stringContaining('"reason":"JwtExpiredError"')]);
    expect(logs.join()).not.toContain('secret');
  });

  it.each([new KeysUnavailableError('the issuer does not respond'), new TypeError('a bug')])('throws another error when the token cannot be verified: %s', async (error) => {
    verify = () => { throw error; };
    await expect(authorized({ Authorization: 'Bearer abc' })).rejects.toThrow('the token could not be verified');
    expect(logs).toEqual([expect.stringContaining(error.message)]);
  });
});
