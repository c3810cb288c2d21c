import * as fs from 'node:fs';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { resourcesOf, Template } from '../../local/template/template';
import { AUTHORIZER_VARIABLE } from '../../src/private/contract/authorizer';
import { Client } from '../helpers/e2e/client';
import { expectOwnImagesOnly, expectRefused } from '../helpers/e2e/owners';
import { Issuer } from '../helpers/issuer';

const ISSUER = 'https://login.example.com/';
const AUDIENCE = 'https://images.example.com';

/** The function would ask the issuer over https; here its keys are on this machine. */
function withKeysAt(template: Template, jwksUri: string): Template {
  const copy = structuredClone(template);
  for (const [, { Environment }] of resourcesOf(copy, 'AWS::Lambda::Function')) {
    const { Variables = {} } = (Environment ?? {}) as { Variables?: Record<string, string> };
    const json = Variables[AUTHORIZER_VARIABLE];
    if (json !== undefined) Variables[AUTHORIZER_VARIABLE] = JSON.stringify({ ...JSON.parse(json) as object, jwksUri });
  }
  return copy;
}

describe('tokens of an OpenID Connect provider', () => {
  const issuer = new Issuer(ISSUER);
  let keys: http.Server;
  let client: Client;

  beforeAll(async () => {
    keys = http.createServer((_request, response) => { void issuer.fetchJson('/keys').then((bytes) => response.end(Buffer.from(bytes))); });
    await new Promise<void>((listening) => keys.listen(0, '127.0.0.1', listening));
    const { port } = keys.address() as AddressInfo;
    client = await Client.start({ app: 'examples/jwt', transformTemplate: (template) => withKeysAt(template, `http://127.0.0.1:${port}/keys`) });
  }, 600_000);
  afterAll(async () => {
    await client?.app.close();
    keys.close();
  });

  const claims = (sub: string) => ({ iss: ISSUER, aud: AUDIENCE, sub, exp: Math.floor(Date.now() / 1000) + 600 });
  const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

  it('name the owners', () => expectOwnImagesOnly(client, bearer(issuer.token(claims('alice'))), bearer(issuer.token(claims('bob')))));

  it('are found by keys that are new', async () => {
    issuer.rotate('next');
    expect((await client.call('GET /images', { headers: bearer(issuer.token(claims('alice'))) })).status).toBe(200);
  });

  it.each<[string, () => Record<string, string>]>([
    ['none', () => ({})],
    ['nonsense', () => bearer('nonsense')],
    ['an expired one', () => bearer(issuer.token({ ...claims('alice'), exp: Math.floor(Date.now() / 1000) - 31 }))],
    ['one for another audience', () => bearer(issuer.token({ ...claims('alice'), aud: 'other' }))],
    ['one of another issuer', () => bearer(new Issuer(ISSUER).token(claims('alice')))],
    ['one with alg none', () => bearer(`${issuer.unsignedToken(claims('alice'), 'none')}x`)],
    ['one signed with the public key', () => bearer(issuer.hmacToken(claims('alice')))],
  ])('are refused: %s', async (_what, headers) => {
    expectRefused(await client.call('GET /images', { headers: headers() }), 401);
  });

  it('that are refused leave the reason in the log, and nothing else of them', async () => {
    const token = issuer.token({ ...claims('alice'), aud: 'secret-audience' });
    expectRefused(await client.call('GET /images', { headers: bearer(token) }), 401);
    const log = fs.readFileSync(await client.app.saveHandlerLogs(), 'utf8');
    expect(log).toContain('"reason":"JwtInvalidAudienceError"');
    for (const secret of ['secret-audience', token.slice(-40)]) expect(log).not.toContain(secret);
  });
});
