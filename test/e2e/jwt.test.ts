import * as fs from 'node:fs';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { resourcesOfType, type Template } from '../../local/template/template';
import { AUTHORIZER_VARIABLE } from '../../src/private/contract/authorizer';
import { Client } from '../helpers/e2e/client';
import { expectAuthError, expectOwnerIsolation } from '../helpers/e2e/owners';
import { Issuer } from '../helpers/issuer';

const ISSUER = 'https://login.example.com/';
const AUDIENCE = 'https://images.example.com';

/** Sets the JWKS URI of the authorizer to a local server in place of the issuer. */
function withJwksUri(template: Template, jwksUri: string): Template {
  const copy = structuredClone(template);
  for (const [, { Environment }] of resourcesOfType(copy, 'AWS::Lambda::Function')) {
    const { Variables = {} } = (Environment ?? {}) as { Variables?: Record<string, string> };
    const json = Variables[AUTHORIZER_VARIABLE];
    if (json !== undefined) Variables[AUTHORIZER_VARIABLE] = JSON.stringify({ ...JSON.parse(json) as object, jwksUri });
  }
  return copy;
}

describe('examples/jwt on the emulator', () => {
  const issuer = new Issuer(ISSUER);
  let jwksServer: http.Server;
  let client: Client;

  beforeAll(async () => {
    jwksServer = http.createServer((_request, response) => { void issuer.fetchJson('/keys').then((bytes) => response.end(Buffer.from(bytes))); });
    await new Promise<void>((listening) => jwksServer.listen(0, '127.0.0.1', listening));
    const { port } = jwksServer.address() as AddressInfo;
    client = await Client.start({ app: 'examples/jwt', transformTemplate: (template) => withJwksUri(template, `http://127.0.0.1:${port}/keys`) });
  }, 600_000);
  afterAll(async () => {
    await client?.app.close();
    jwksServer.close();
  });

  const claims = (sub: string) => ({ iss: ISSUER, aud: AUDIENCE, sub, exp: Math.floor(Date.now() / 1000) + 600 });
  const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

  it('isolates the images of each subject', () => expectOwnerIsolation(client, bearer(issuer.token(claims('alice'))), bearer(issuer.token(claims('bob')))));

  it('accepts tokens that are signed with a rotated key', async () => {
    issuer.rotate('next');
    expect((await client.call('GET /images', { headers: bearer(issuer.token(claims('alice'))) })).status).toBe(200);
  });

  it.each<[string, () => Record<string, string>]>([
    ['a missing token', () => ({})],
    ['a malformed token', () => bearer('malformed')],
    ['an expired token', () => bearer(issuer.token({ ...claims('alice'), exp: Math.floor(Date.now() / 1000) - 31 }))],
    ['a token for another audience', () => bearer(issuer.token({ ...claims('alice'), aud: 'other' }))],
    ['a token that is signed with an unknown key', () => bearer(new Issuer(ISSUER).token(claims('alice')))],
    ['a token with alg none', () => bearer(`${issuer.unsignedToken(claims('alice'), 'none')}x`)],
    ['a token that is signed with the public key as HMAC secret', () => bearer(issuer.hmacToken(claims('alice')))],
  ])('returns 401 for %s', async (_case, headers) => {
    expectAuthError(await client.call('GET /images', { headers: headers() }), 401);
  });

  it('logs the reason of a rejected token without its content', async () => {
    const token = issuer.token({ ...claims('alice'), aud: 'secret-audience' });
    expectAuthError(await client.call('GET /images', { headers: bearer(token) }), 401);
    const log = fs.readFileSync(await client.app.saveHandlerLogs(), 'utf8');
    expect(log).toContain('"reason":"JwtInvalidAudienceError"');
    for (const secret of ['secret-audience', token.slice(-40)]) expect(log).not.toContain(secret);
  });
});
