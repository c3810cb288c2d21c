import { type PlaygroundSignIn } from '../../src/private/contract/playground';
import { LocalRunError } from '../cli/local-run-error';

/** The user that the local run creates in the user pool of the playground. */
export const LOCAL_USER = { name: 'alice@example.com', password: 'Correct-horse-7' } as const;

/**
 * Prepares the user pool for the local page: its URL becomes a callback URL of the app client, and a user is created. The
 * template of the app stays as it is. Returns the user.
 */
export async function prepareSignIn(auth: PlaygroundSignIn, pageUrl: string, awsEndpointUrl: string): Promise<typeof LOCAL_USER> {
  const call = <T>(action: string, body: object) => callCognito<T>(awsEndpointUrl, action, body);
  const pool = { UserPoolId: userPoolIdOf(auth) };
  const { UserPoolClient: client } = await call<{ UserPoolClient: AppClient }>('DescribeUserPoolClient', { ...pool, ClientId: auth.clientId });
  // an update replaces all settings, so the others are sent again
  const { CreationDate: _created, LastModifiedDate: _modified, ...settings } = client;
  await call('UpdateUserPoolClient', {
    ...settings, CallbackURLs: [...client.CallbackURLs ?? [], `${pageUrl}/`], LogoutURLs: [...client.LogoutURLs ?? [], `${pageUrl}/`],
  });
  const user = { ...pool, Username: LOCAL_USER.name };
  await call('AdminCreateUser', { ...user, MessageAction: 'SUPPRESS', UserAttributes: [{ Name: 'email', Value: LOCAL_USER.name }, { Name: 'email_verified', Value: 'true' }] });
  await call('AdminSetUserPassword', { ...user, Password: LOCAL_USER.password, Permanent: true });
  return LOCAL_USER;
}

/** The issuer of the tokens of a user pool ends with its id. */
export function userPoolIdOf({ issuer }: PlaygroundSignIn): string {
  return new URL(issuer).pathname.slice(1);
}

interface AppClient {
  readonly CallbackURLs?: readonly string[];
  readonly LogoutURLs?: readonly string[];
  readonly [name: string]: unknown;
}

/** Calls the API of Cognito at the emulator. The repository has no SDK client for it. */
export async function callCognito<T>(awsEndpointUrl: string, action: string, body: object): Promise<T> {
  const response = await fetch(`${awsEndpointUrl}/`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-amz-json-1.1',
      'X-Amz-Target': `AWSCognitoIdentityProviderService.${action}`,
      // the emulator reads the account and the Region from it
      'Authorization': 'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/cognito-idp/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new LocalRunError(`the sign-in of the playground was not prepared: ${action} returned ${text}`, 'correct the user pool of the app, or run it without ImagePlayground');
  return JSON.parse(text) as T;
}
