import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { handler } from '../../../src/handlers/functions/key-authorizer';
import { ROUTES_BY_SET } from '../../../src/private/contract/routes';

const METHOD = 'arn:aws:execute-api:eu-west-1:111122223333:api/prod/POST/images';
const authorize = (resource: string, headers: Record<string, string> | null, httpMethod = resource === '/v1/models' ? 'GET' : 'POST') =>
  handler({ type: 'REQUEST', httpMethod, resource, headers, methodArn: METHOD } as unknown as APIGatewayRequestAuthorizerEvent);

describe('the key authorizer', () => {
  it.each([
    ['/images', { 'x-api-key': 'key' }], ['/images/{id}', { 'X-Api-Key': 'key' }],
    ['/v1/images/generations', { Authorization: 'Bearer key' }], ['/v1/models', { authorization: 'bearer  key' }],
  ])('returns the key of %s %j and allows all methods of the stage', async (resource, headers) => {
    expect(await authorize(resource, headers)).toEqual({
      principalId: 'api-key',
      usageIdentifierKey: 'key',
      policyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: 'arn:aws:execute-api:eu-west-1:111122223333:api/prod/*' }],
      },
    });
  });

  it('accepts a key of the maximum length of API Gateway', async () => {
    const key = 'k'.repeat(128);
    expect((await authorize('/images', { 'x-api-key': key })).usageIdentifierKey).toBe(key);
  });

  // API Gateway caches results by this header: a key from another header would be cached for other callers
  it.each(Object.values(ROUTES_BY_SET).flat())('reads only one header on $method $path', async ({ method, path, bearer }) => {
    const { usageIdentifierKey } = await authorize(path, { 'x-api-key': 'key-1', 'Authorization': 'Bearer key-2' }, method);
    expect(usageIdentifierKey).toBe(bearer ? 'key-2' : 'key-1');
  });

  it('distinguishes OpenAI routes by method', async () => {
    expect((await authorize('/v1/models', { 'x-api-key': 'key-1', 'Authorization': 'Bearer key-2' }, 'POST')).usageIdentifierKey).toBe('key-1');
  });

  it.each<[string, Record<string, string> | null]>([
    ['/images', { 'x-api-key': 'k'.repeat(129) }],
    ['/images', null], ['/images', {}], ['/images', { 'x-api-key': '' }], ['/images', { Authorization: 'Bearer key' }],
    ['/v1/models', { 'x-api-key': 'key' }], ['/v1/models', { Authorization: 'key' }], ['/v1/models', { Authorization: 'Basic key' }], ['/v1/models', { Authorization: 'Bearer ' }],
  ])('throws Unauthorized for %s %j', async (resource, headers) => {
    await expect(authorize(resource, headers)).rejects.toThrow(/^Unauthorized$/);
  });
});
