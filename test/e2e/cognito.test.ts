import { signRequest } from '../../local/api/sign-request';
import { CREDENTIALS, REGION } from '../../local/emulator/clients';
import { Client } from '../helpers/e2e/client';
import { expectAuthError, expectOwnerIsolation } from '../helpers/e2e/owners';

describe('examples/cognito on the emulator', () => {
  let client: Client;
  let tokens: Record<string, string>;

  async function cognito(action: string, body: object): Promise<Record<string, Record<string, string>>> {
    const url = `${client.app.outputs.awsEndpointUrl}/`;
    const target = { 'X-Amz-Target': `AWSCognitoIdentityProviderService.${action}`, 'Content-Type': 'application/x-amz-json-1.1' };
    const text = JSON.stringify(body);
    const headers = await signRequest({
      method: 'POST', url, headers: target, body: text, credentials: CREDENTIALS, region: REGION, service: 'cognito-idp',
    });
    const response = await fetch(url, { method: 'POST', headers, body: text });
    if (!response.ok) throw new Error(`${action}: ${await response.text()}`);
    return await response.json() as Record<string, Record<string, string>>;
  }

  async function signIn(name: string): Promise<string> {
    const { UserPoolId, ClientId } = client.app.outputs.stacks.Cognito;
    const Username = `${name}@example.com`;
    await cognito('AdminCreateUser', { UserPoolId, Username, MessageAction: 'SUPPRESS' });
    await cognito('AdminSetUserPassword', { UserPoolId, Username, Password: 'Correct-horse-7', Permanent: true });
    const { AuthenticationResult } = await cognito('InitiateAuth', {
      ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME: Username, PASSWORD: 'Correct-horse-7' },
    });
    return AuthenticationResult.IdToken;
  }

  beforeAll(async () => {
    client = await Client.start({ app: 'examples/cognito' });
    tokens = { alice: await signIn('alice'), bob: await signIn('bob') };
  }, 600_000);
  afterAll(() => client?.app.close());

  it('isolates the images of each user', async () => {
    await expectOwnerIsolation(client, { Authorization: `Bearer ${tokens.alice}` }, { Authorization: `Bearer ${tokens.bob}` });
  });

  it.each([
    ['a missing token', () => ({})],
    ['a malformed token', () => ({ Authorization: 'Bearer malformed' })],
    ['a token with a changed subject', () => {
      const [head, claims, signature] = tokens.alice.split('.');
      const changed = { ...JSON.parse(Buffer.from(claims, 'base64url').toString()) as object, sub: 'bob' };
      return { Authorization: `Bearer ${head}.${Buffer.from(JSON.stringify(changed)).toString('base64url')}.${signature}` };
    }],
    ['a token without a signature', () => ({ Authorization: `Bearer ${tokens.alice.split('.').slice(0, 2).join('.')}.` })],
  ] as [string, () => Record<string, string>][])('returns 401 for %s', async (_case, headers) => {
    expectAuthError(await client.call('GET /images', { headers: headers() }), 401);
  });
});
