/**
 * Sign-in with the managed login of a Cognito user pool: authorization code grant with PKCE. This file has no state. It is loaded for Cognito only.
 * The redirect URI is the URL of the page.
 */
import * as oauth from 'oauth4webapi';
import { type Callback, type PendingSignIn } from './callback';
import { SignInError } from './sign-in-error';
import { type PlaygroundSignIn } from '../../private/contract/playground';

export interface Tokens {
  readonly id: string;
  readonly access: string;
  /** Absent if the app client returns none. */
  readonly refresh?: string;
  /** Email address or name of the user. */
  readonly user: string;
}

export interface SignInStart {
  /** URL of the sign-in page. */
  readonly url: string;
  /** What to keep until it redirects to this page. */
  readonly pending: Omit<PendingSignIn, 'fragment'>;
}

/** Returns the URL of the sign-in page, and what to keep until it redirects to this page. */
export async function startSignIn(auth: PlaygroundSignIn, redirectUri: string): Promise<SignInStart> {
  const pending = { verifier: oauth.generateRandomCodeVerifier(), state: oauth.generateRandomState(), nonce: oauth.generateRandomNonce() };
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: auth.clientId,
    redirect_uri: redirectUri,
    scope: auth.scopes.join(' '),
    state: pending.state,
    nonce: pending.nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(pending.verifier),
    code_challenge_method: 'S256',
  });
  return { url: `${auth.domain}/oauth2/authorize?${query.toString()}`, pending };
}

/** Exchanges the code of a redirect for tokens. Throws a `SignInError`. */
export async function finishSignIn(auth: PlaygroundSignIn, redirectUri: string, { parameters, pending }: Callback): Promise<Tokens> {
  if (!pending) throw new SignInError('notStarted');
  // errors of another sign-in are not shown: everyone can write a link with one
  if (parameters.get('state') !== pending.state) throw new SignInError('mismatch');
  const server = serverOf(auth);
  const client = { client_id: auth.clientId };
  try {
    const code = oauth.validateAuthResponse(server, client, parameters, pending.state);
    const response = await oauth.authorizationCodeGrantRequest(server, client, oauth.None(), code, redirectUri, pending.verifier, optionsOf(auth));
    return tokensOf(await oauth.processAuthorizationCodeResponse(server, client, response, { expectedNonce: pending.nonce }));
  } catch (error) {
    throw problemOf(error);
  }
}

/** Returns new tokens, or `undefined` if the session has ended. Throws if the user pool does not respond. */
export async function refreshTokens(auth: PlaygroundSignIn, { refresh, ...current }: Tokens): Promise<Tokens | undefined> {
  if (refresh === undefined) return undefined;
  const server = serverOf(auth);
  const client = { client_id: auth.clientId };
  try {
    const response = await oauth.refreshTokenGrantRequest(server, client, oauth.None(), refresh, optionsOf(auth));
    // with rotation of refresh tokens, the response has a new one
    return { refresh, ...current, ...tokensOf(await oauth.processRefreshTokenResponse(server, client, response), current) };
  } catch (error) {
    const signInError = problemOf(error);
    if (signInError.problem === 'unreachable') throw signInError;
    return undefined;
  }
}

/** Returns the URL that ends the session of the user pool and returns to the page. */
export function signOutUrl({ domain, clientId }: PlaygroundSignIn, redirectUri: string): string {
  return `${domain}/logout?${new URLSearchParams({ client_id: clientId, logout_uri: redirectUri }).toString()}`;
}

function serverOf({ domain, issuer }: PlaygroundSignIn): oauth.AuthorizationServer {
  return { issuer, token_endpoint: `${domain}/oauth2/token` };
}

/** The local run has no TLS. Browsers let a page with TLS send no requests without it. */
function optionsOf({ domain }: PlaygroundSignIn): oauth.TokenEndpointRequestOptions {
  return { [oauth.allowInsecureRequests]: new URL(domain).hostname === '127.0.0.1' };
}

/** A response without an ID token keeps the current one. */
function tokensOf(response: oauth.TokenEndpointResponse, current?: Omit<Tokens, 'refresh'>): Tokens {
  const claims = oauth.getValidatedIdTokenClaims(response);
  const user = [claims?.email, claims?.['cognito:username'], claims?.sub].find((name) => typeof name === 'string');
  return {
    id: response.id_token ?? current?.id ?? '',
    access: response.access_token,
    ...(response.refresh_token !== undefined && { refresh: response.refresh_token }),
    user: user ?? current?.user ?? '',
  };
}

function problemOf(error: unknown): SignInError {
  if (error instanceof oauth.AuthorizationResponseError) return new SignInError(error.error === 'access_denied' ? 'denied' : 'refused');
  if (error instanceof oauth.ResponseBodyError && error.status < 500) return new SignInError(error.error === 'invalid_grant' ? 'expired' : 'refused');
  const isNotReached = error instanceof oauth.ResponseBodyError || error instanceof TypeError
    || (error instanceof oauth.OperationProcessingError && error.code === oauth.RESPONSE_IS_NOT_CONFORM);
  return new SignInError(isNotReached ? 'unreachable' : 'invalid');
}
