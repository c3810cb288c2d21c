import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { tokenCommands } from '../../local/cli/summary';
import { Client } from '../helpers/e2e/client';
import { expectAuthError, expectOwnerIsolation } from '../helpers/e2e/owners';

describe('examples/cognito on the emulator', () => {
  let client: Client;
  let tokens: Record<string, string>;

  /** Runs the commands that `npm run local` prints, with another user name. */
  async function signIn(name: string): Promise<string> {
    const commands = tokenCommands(client.app).join('\n').replaceAll('alice@', `${name}@`);
    const { stdout } = await promisify(execFile)('bash', ['-ec', `${commands}\necho "$TOKEN"`]);
    return stdout.trim().split('\n').pop()!;
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
