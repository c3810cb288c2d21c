import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { authorize } from '../../../src/handlers/authorizers/authorize';
import { InvalidTokenError, KeysUnavailableError, type TokenVerifier } from '../../../src/handlers/authorizers/token-verifier';
import { jsonLogger } from '../../../src/handlers/shared/log';

const METHOD = 'arn:aws:execute-api:eu-west-1:111122223333:abc123/prod/POST/images';
const checked: string[] = [];
const logs: string[] = [];
let outcome: () => { iss: string; sub: string };
beforeEach(() => {
  checked.length = 0;
  logs.length = 0;
  outcome = () => ({ iss: 'https://issuer.example', sub: 'alice' });
});

const tokens = { verify: async (token: string) => { checked.push(token); return outcome(); } } as TokenVerifier;
const ask = (headers: Record<string, string | undefined> | null) => authorize(
  { methodArn: METHOD, headers, requestContext: { requestId: 'request-1' } } as unknown as APIGatewayRequestAuthorizerEvent, tokens, jsonLogger((line) => logs.push(line)),
);

it.each(['Bearer abc', 'bearer abc', 'Bearer   abc', ' Bearer abc '])('takes the token from %j', async (Authorization) => {
  await ask({ Authorization });
  expect(checked).toEqual(['abc']);
});

it('lets the user ask for all of the stage, and names him to the handler', async () => {
  expect(await ask({ authorization: 'Bearer abc' })).toEqual({
    principalId: 'user',
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: 'arn:aws:execute-api:eu-west-1:111122223333:abc123/prod/*' }],
    },
    context: { iss: 'https://issuer.example', sub: 'alice' },
  });
});

it.each([null, {}, { Authorization: '' }, { Authorization: 'abc' }, { Authorization: 'Basic abc' }, { Authorization: 'Bearer' }, { Authorization: 'Bearer a b' }])(
  'is unauthorized without a token: %j', async (headers) => {
    await expect(ask(headers)).rejects.toThrow(/^Unauthorized$/);
    expect(checked).toEqual([]);
  });

it('is unauthorized with a bad one, and says why in the log alone', async () => {
  outcome = () => { throw new InvalidTokenError('JwtExpiredError'); };
  await expect(ask({ Authorization: 'Bearer abc.secret.def' })).rejects.toThrow(/^Unauthorized$/);
  expect(logs).toEqual([expect.stringContaining('"reason":"JwtExpiredError"')]);
  expect(logs.join()).not.toContain('secret');
});

it.each([new KeysUnavailableError('the issuer does not answer'), new TypeError('a bug')])('is no verdict on the token where it cannot be checked: %s', async (error) => {
  outcome = () => { throw error; };
  await expect(ask({ Authorization: 'Bearer abc' })).rejects.toThrow('the token could not be checked');
  expect(logs).toEqual([expect.stringContaining(error.message)]);
});
