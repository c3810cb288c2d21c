import { prepareSignIn } from '../../../local/playground/sign-in';

const AUTH = { type: 'cognito', domain: 'http://127.0.0.1:1', clientId: 'client', issuer: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_x', scopes: ['openid'], token: 'id' } as const;

afterEach(() => jest.restoreAllMocks());

function respond(responses: Readonly<Record<string, object>>, status = 200): Record<string, unknown>[] {
  const calls: Record<string, unknown>[] = [];
  jest.spyOn(globalThis, 'fetch').mockImplementation(async (_, init) => {
    const action = new Headers(init!.headers).get('x-amz-target')!.split('.')[1];
    calls.push({ action, ...JSON.parse(init!.body as string) as object });
    return new Response(JSON.stringify(responses[action] ?? {}), { status });
  });
  return calls;
}

describe('the sign-in of the local page', () => {
  it('adds the page to the URLs of the app client and keeps its other settings', async () => {
    const calls = respond({
      DescribeUserPoolClient: {
        UserPoolClient: {
          UserPoolId: 'us-east-1_x', ClientId: 'client', AllowedOAuthFlows: ['code'], CallbackURLs: ['https://page/'], LogoutURLs: ['https://page/'], CreationDate: 1, LastModifiedDate: 2,
        },
      },
    });
    await prepareSignIn(AUTH, 'http://127.0.0.1:4000', 'http://127.0.0.1:1');
    const urls = ['https://page/', 'http://127.0.0.1:4000/'];
    expect(calls).toMatchObject([
      { action: 'DescribeUserPoolClient', UserPoolId: 'us-east-1_x', ClientId: 'client' },
      { action: 'UpdateUserPoolClient', UserPoolId: 'us-east-1_x', ClientId: 'client', AllowedOAuthFlows: ['code'], CallbackURLs: urls, LogoutURLs: urls },
      { action: 'AdminCreateUser', UserPoolId: 'us-east-1_x', Username: 'alice@example.com' },
      { action: 'AdminSetUserPassword', Permanent: true },
    ]);
    expect(calls[1]).not.toHaveProperty('CreationDate');
  });

  it('fails with the action and its response', async () => {
    respond({ DescribeUserPoolClient: { message: 'no such client' } }, 400);
    await expect(prepareSignIn(AUTH, 'http://127.0.0.1:4000', 'http://127.0.0.1:1')).rejects.toThrow('DescribeUserPoolClient returned {"message":"no such client"}');
  });
});
