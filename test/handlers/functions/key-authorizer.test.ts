import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { handler } from '../../../src/handlers/functions/key-authorizer';

const METHOD = 'arn:aws:execute-api:eu-west-1:111122223333:api/prod/POST/images';
const ask = (resource: string, headers: Record<string, string> | null, httpMethod = resource === '/v1/models' ? 'GET' : 'POST') =>
  handler({ type: 'REQUEST', httpMethod, resource, headers, methodArn: METHOD } as unknown as APIGatewayRequestAuthorizerEvent);

describe('the authorizer of API keys', () => {
  it.each([
    ['/images', { 'x-api-key': 'key' }], ['/images/{id}', { 'X-Api-Key': 'key' }],
    ['/v1/images/generations', { Authorization: 'Bearer key' }], ['/v1/models', { authorization: 'bearer  key' }],
  ])('names the key of %s %j for all of the stage', async (resource, headers) => {
    expect(await ask(resource, headers)).toEqual({
      principalId: 'api-key',
      usageIdentifierKey: 'key',
      policyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: 'arn:aws:execute-api:eu-west-1:111122223333:api/prod/*' }],
      },
    });
  });

  // answers are kept by that header: a key from another one would be kept for whoever sends the same
  it.each([['/images', 'mine'], ['/v1/images/edits', 'theirs']])('reads one header only on %s', async (resource, key) => {
    expect((await ask(resource, { 'x-api-key': 'mine', 'Authorization': 'Bearer theirs' })).usageIdentifierKey).toBe(key);
  });

  it('knows OpenAI\'s routes by their method as well', async () => {
    expect((await ask('/v1/models', { 'x-api-key': 'mine', 'Authorization': 'Bearer theirs' }, 'POST')).usageIdentifierKey).toBe('mine');
  });

  it.each<[string, Record<string, string> | null]>([
    ['/images', { 'x-api-key': 'k'.repeat(129) }],
    ['/images', null], ['/images', {}], ['/images', { 'x-api-key': '' }], ['/images', { Authorization: 'Bearer key' }],
    ['/v1/models', { 'x-api-key': 'key' }], ['/v1/models', { Authorization: 'key' }], ['/v1/models', { Authorization: 'Basic key' }], ['/v1/models', { Authorization: 'Bearer ' }],
  ])('refuses %s %j', async (resource, headers) => {
    await expect(ask(resource, headers)).rejects.toThrow(/^Unauthorized$/);
  });
});
