import { type Duration } from 'aws-cdk-lib';
import type * as cognito from 'aws-cdk-lib/aws-cognito';

/**
 * Options for `ApiAuth.apiKey()`: the API clients and their limits.
 */
export interface ApiKeyAuthOptions {
  /**
   * Names of the API clients. Each client gets one API key and owns the images generated with it.
   *
   * A name has 1 to 64 letters, digits, `_` or `-`, and starts with a letter or digit. Removing a client deletes its keys; its images
   * remain stored until they expire, but no caller can access them. `addApiClient` adds more clients. At least one client is required.
   *
   * @default - the clients added with `addApiClient`
   */
  readonly clients?: string[];

  /**
   * Versions of the API keys of each client in `clients`, by client name: numbers from 1 to 999. All keys of a client have access to
   * the same images.
   *
   * To rotate a key without downtime, deploy `{ web: [1, 2] }`, move the callers to the new key, then deploy `{ web: [2] }`.
   *
   * @default - each client has one key, version 1
   */
  readonly keyVersions?: { [client: string]: number[] };

  /**
   * Steady-state requests per second for each API key. A value above the limit of the API has no effect.
   *
   * @default - the rate limit of the API
   */
  readonly rateLimit?: number;

  /**
   * Burst size in requests for each API key. A value above the limit of the API has no effect.
   *
   * @default - the burst limit of the API
   */
  readonly burstLimit?: number;

  /**
   * Requests per day (UTC) for each API key.
   *
   * API Gateway applies quotas on a best-effort basis, so callers can exceed the quota.
   *
   * @default - no quota
   */
  readonly dailyQuota?: number;

  /**
   * Whether the routes of `ApiRoutes.openAi()` accept API keys in the header `Authorization: Bearer <key>`.
   *
   * OpenAI's SDKs send keys in this header only. All other routes accept keys in `x-api-key` only. Requires `ApiRoutes.openAi()` in
   * `routes`.
   *
   * A Lambda authorizer passes the key to API Gateway, which validates it; API Gateway caches the response of the authorizer for one
   * hour. The cost is one Lambda invocation per hour for each key and header, and one for each invalid key.
   *
   * @default false
   */
  readonly acceptBearer?: boolean;
}

/**
 * Options for `addApiClient` and `apiClientKey`.
 */
export interface ApiClientOptions {
  /**
   * Version of the API key, from 1 to 999. Another version of an existing client is a second key of that client.
   *
   * @default 1
   */
  readonly keyVersion?: number;
}

/**
 * Options for `ApiAuth.cognito()`.
 */
export interface CognitoAuthOptions {
  /**
   * App clients of the user pool whose tokens the API accepts.
   *
   * API Gateway compares the claim `aud` of ID tokens with the client IDs. The handler compares `client_id` of access tokens, and returns
   * 403 to tokens of other clients.
   *
   * @default - tokens of all app clients of the user pool
   */
  readonly userPoolClients?: cognito.IUserPoolClient[];

  /**
   * Scopes of access tokens: the claim `scope` of a token must contain one of them.
   *
   * With scopes, callers send access tokens; without scopes, they send ID tokens.
   *
   * @default - ID tokens
   */
  readonly scopes?: string[];
}

/**
 * Options for `ApiAuth.jwt()`: the tokens of an OpenID Connect provider that the API accepts.
 */
export interface JwtAuthOptions {
  /**
   * Issuer: the exact value of the claim `iss`, an `https://` URL.
   */
  readonly issuer: string;

  /**
   * Accepted audiences: the claim `aud` of a token must contain one of them. Most providers use the identifier under which the API is
   * registered.
   *
   * Without this check, the API would accept tokens issued for other applications.
   */
  readonly audience: string[];

  /**
   * URL of the public keys of the issuer, an `https://` URL.
   *
   * @default - the `jwks_uri` of `<issuer>/.well-known/openid-configuration`
   */
  readonly jwksUri?: string;

  /**
   * Accepted signature algorithms: RS256, RS384, RS512, ES256, ES384, ES512 or EdDSA.
   *
   * @default ['RS256']
   */
  readonly algorithms?: string[];

  /**
   * Accepted scopes: the claim `scope` of a token must contain one of them.
   *
   * @default - scopes are not checked
   */
  readonly scopes?: string[];

  /**
   * Tolerated clock difference between the issuer and AWS when `exp` and `nbf` are checked, at most 5 minutes.
   *
   * @default Duration.seconds(0)
   */
  readonly clockTolerance?: Duration;
}

/**
 * Options for `ApiAuth.custom()`.
 */
export interface CustomAuthOptions {
  /**
   * Request headers that contain the credentials. API Gateway returns 401 to a request that lacks any of them.
   *
   * @default ['Authorization']
   */
  readonly headers?: string[];

  /**
   * Time for which API Gateway caches the response of the authorizer for the same header values, at most one hour.
   *
   * With a cache, the returned policy must cover all routes of the API, and revoked credentials stay valid until the cache entry
   * expires.
   *
   * @default Duration.seconds(0)
   */
  readonly resultsCacheTtl?: Duration;
}
