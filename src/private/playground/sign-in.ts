// the main module loads Cognito on first use, and few apps have a playground with it
import { aws_cognito as cognito, Stack, Token } from 'aws-cdk-lib';
import { type Construct, type IConstruct } from 'constructs';
import { type PlaygroundSignInOptions } from '../../image-playground-props';
import { type UserPoolCredentials } from '../auth/caller-credentials';
import { isOfOtherPool } from '../auth/cognito';
import { type PlaygroundSignIn } from '../contract/playground';

/** What sign-in needs to know about the page and the API. */
export interface SignInContext {
  /** URL of the page, with a trailing slash. */
  readonly url: string;
  readonly credentials: UserPoolCredentials;
  /** Region of the API and its user pool. */
  readonly region: string;
}

/** Returns the base URL of the sign-in pages, without a trailing slash. */
export function signInUrl({ domain }: PlaygroundSignInOptions, region: string): string {
  if (domain instanceof cognito.UserPoolDomain) return domain.baseUrl();
  const { domainName } = domain;
  const isCustom = !Token.isUnresolved(domainName) && domainName.includes('.');
  return `https://${isCustom ? domainName : `${domainName}.auth.${region}.amazoncognito.com`}`;
}

/** Creates the app client of the page, unless it is given, and returns the configuration of the page. */
export function configureSignIn(scope: Construct, options: PlaygroundSignInOptions, { url, credentials, region }: SignInContext): PlaygroundSignIn {
  const { scopes = [] } = credentials;
  const names = ['openid', ...scopes.filter((name) => name !== 'openid')];
  const { userPool } = credentials;
  const { userPoolClientId } = options.userPoolClient ?? createAppClient(scope, options.domain, { userPool, scopes: names, url });
  return {
    type: 'cognito',
    domain: signInUrl(options, region),
    clientId: userPoolClientId,
    issuer: `https://${userPool.userPoolProviderName}`,
    scopes: names,
    token: scopes.length > 0 ? 'access' : 'id',
  };
}

interface AppClient {
  readonly userPool: cognito.IUserPool;
  readonly scopes: readonly string[];
  readonly url: string;
}

function createAppClient(scope: Construct, domain: cognito.IUserPoolDomain, { userPool, scopes, url }: AppClient): cognito.UserPoolClient {
  const client = new cognito.UserPoolClient(scope, 'AppClient', {
    userPool,
    // the code of a page is public; PKCE takes the place of a secret
    generateSecret: false,
    preventUserExistenceErrors: true,
    authFlows: { userSrp: true },
    oAuth: {
      flows: { authorizationCodeGrant: true },
      scopes: scopes.map((name) => cognito.OAuthScope.custom(name)),
      callbackUrls: [url],
      logoutUrls: [url],
    },
  });
  // Cognito rejects a client with a scope whose resource server does not exist yet
  const servers = userPool.node.findAll().filter((each) => each instanceof cognito.UserPoolResourceServer);
  if (servers.length > 0) client.node.addDependency(...servers);
  if (hasManagedLogin(domain)) createStyle(scope, userPool, client);
  return client;
}

/** Managed login shows no sign-in page for an app client without a style. The classic sign-in pages have no styles. */
function createStyle(scope: Construct, { userPoolId }: cognito.IUserPool, { userPoolClientId }: cognito.IUserPoolClient): void {
  new cognito.CfnManagedLoginBranding(scope, 'Style', { userPoolId, clientId: userPoolClientId, useCognitoProvidedValues: true });
}

function hasManagedLogin({ node: { defaultChild } }: cognito.IUserPoolDomain): boolean {
  if (!(defaultChild instanceof cognito.CfnUserPoolDomain)) return false;
  return Number(defaultChild.managedLoginVersion) >= cognito.ManagedLoginVersion.NEWER_MANAGED_LOGIN;
}

const NOT_ACCEPTED = "'signIn.userPoolClient' must be one of 'userPoolClients' of ApiAuth.cognito(), because the API accepts "
  + 'the tokens of these only';

/** Returns the problems of the domain and the app client. */
export function signInOptionProblems(options: PlaygroundSignInOptions, credentials: UserPoolCredentials): string[] {
  const { domain } = options;
  return [
    ...(isOfOtherPool(domain, credentials.userPool) ? [otherPool('domain', domain)] : []),
    ...appClientProblems(options, credentials),
  ];
}

function otherPool(name: string, { node }: IConstruct): string {
  return `'signIn.${name}' must belong to the user pool of ApiAuth.cognito(), got '${node.path}' of another user pool; create it for that user pool`;
}

/** Returns the problems of the app client that the user created. */
function appClientProblems({ userPoolClient }: PlaygroundSignInOptions, { userPool, userPoolClients }: UserPoolCredentials): string[] {
  if (!userPoolClient) return userPoolClients ? [`${NOT_ACCEPTED}; set it, or remove 'userPoolClients'`] : [];
  const { defaultChild } = userPoolClient.node;
  const client = defaultChild instanceof cognito.CfnUserPoolClient ? defaultChild : undefined;
  return [
    ...(isOfOtherPool(userPoolClient, userPool) ? [otherPool('userPoolClient', userPoolClient)] : []),
    ...(userPoolClients && !userPoolClients.some((accepted) => isSame(accepted, userPoolClient))
      ? [`${NOT_ACCEPTED}; add it to them`] : []),
    ...(client?.generateSecret === true
      ? ["'signIn.userPoolClient' must not have a secret, because the code of a page is public; create it without 'generateSecret'"] : []),
    ...(client && !(client.allowedOAuthFlows ?? []).includes('code')
      ? ["'signIn.userPoolClient' must have the authorization code grant; set 'oAuth' to { flows: { authorizationCodeGrant: true } }"] : []),
  ];
}

function isSame(one: cognito.IUserPoolClient, other: cognito.IUserPoolClient): boolean {
  return one === other || one.userPoolClientId === other.userPoolClientId;
}

/** Returns a problem if Cognito would refuse to redirect to the page. Validated at synthesis, because the URL is known after the construct. */
export function callbackProblems({ userPoolClient }: PlaygroundSignInOptions, url: string): string[] {
  const client = userPoolClient?.node.defaultChild;
  if (!(client instanceof cognito.CfnUserPoolClient)) return [];
  const stack = Stack.of(client);
  const callbacks = stack.resolve(client.callbackUrLs ?? []) as unknown[];
  const expected = JSON.stringify(stack.resolve(url));
  if (callbacks.some((callback) => JSON.stringify(callback) === expected)) return [];
  return [
    "'signIn.userPoolClient' must have the URL of the page as callback URL; set 'callbackUrLs' and 'logoutUrLs' of its CfnUserPoolClient, "
    + 'which is userPoolClient.node.defaultChild, to [playground.url]',
  ];
}
