import { JwtVerifier } from 'aws-jwt-verify';
import {
  JwtExpiredError, JwtInvalidAudienceError, JwtInvalidIssuerError, JwtInvalidScopeError, JwtInvalidSignatureError,
  JwtNotBeforeError, JwtParseError, JwtWithoutValidKidError, KidNotFoundInJwksError, WaitPeriodNotYetEndedJwkError,
} from 'aws-jwt-verify/error';
import { isJwk, SimpleJwksCache, type Jwks } from 'aws-jwt-verify/jwk';
import { decomposeUnverifiedJwt } from 'aws-jwt-verify/jwt';
import type { AuthorizerConfiguration } from '../../private/contract/authorizer';
import { LoggedError } from '../shared/log';

/** The token is not valid. The message is the reason for the log and never quotes the token. */
export class InvalidTokenError extends Error {}

/** The keys of the issuer are not available, so the token cannot be verified. */
export class KeysUnavailableError extends LoggedError {}

export interface User {
  readonly iss: string;
  readonly sub: string;
}

/** Fetches a JSON document. Rejects if it is not available. */
export type FetchJson = (url: string) => Promise<ArrayBuffer>;

/** How long a key that the issuer has withdrawn is accepted at most. */
const KEYS_MAX_AGE_MS = 3600 * 1000;
/** Longer than the tokens of all issuers. API Gateway accepts headers of about this size. */
const TOKEN_MAX_LENGTH = 8_192;

/** Verifies the tokens of one issuer. Fetches its keys once per hour, and when a token has an unknown key id. */
export class TokenVerifier {
  private current?: { readonly verifier: Promise<Verifier>; readonly since: number };

  constructor(private readonly configuration: AuthorizerConfiguration, private readonly fetchJson: FetchJson, private readonly now: () => number) {}

  /** Returns the user of a valid token. Rejects with an `InvalidTokenError` or a `KeysUnavailableError`. */
  public async verify(token: string): Promise<User> {
    if (token.length > TOKEN_MAX_LENGTH) throw new InvalidTokenError('too long');
    const verifier = await this.verifier();
    try {
      // before any key is used
      this.checkHeader(decomposeUnverifiedJwt(token).header);
      const { iss, sub } = await verifier.verify(token);
      return { iss: String(iss), sub: String(sub) };
    } catch (error) {
      if (error instanceof InvalidTokenError || error instanceof KeysUnavailableError) throw error;
      throw new InvalidTokenError(reasonOf(error));
    }
  }

  private checkHeader({ alg, crit }: { readonly alg?: string; readonly crit?: unknown }): void {
    if (alg === undefined || !this.configuration.algorithms.includes(alg)) throw new InvalidTokenError('algorithm');
    // critical extensions must be supported (RFC 7515, section 4.1.11), and none is
    if (crit !== undefined) throw new InvalidTokenError('crit');
  }

  private verifier(): Promise<Verifier> {
    if (this.current && this.now() - this.current.since < KEYS_MAX_AGE_MS) return this.current.verifier;
    const created = { verifier: this.createVerifier(), since: this.now() };
    this.current = created;
    // failures are not cached
    created.verifier.catch(() => { if (this.current === created) this.current = undefined; });
    return created.verifier;
  }

  private async createVerifier(): Promise<Verifier> {
    const { issuer, audience, scopes, clockToleranceSeconds, jwksUri } = this.configuration;
    return JwtVerifier.create({
      issuer,
      audience: [...audience],
      ...(scopes && { scope: [...scopes] }),
      graceSeconds: clockToleranceSeconds,
      jwksUri: jwksUri ?? await this.discoverKeys(),
      customJwtCheck: ({ payload }) => {
        // the library accepts tokens without an expiration time
        if (payload.exp === undefined) throw new InvalidTokenError('no exp');
        if (!payload.sub) throw new InvalidTokenError('no sub');
      },
    }, { jwksCache: new SimpleJwksCache({ fetcher: { fetch: (url) => this.fetchDocument(url) }, jwksParser: usableKeys }) });
  }

  /** Returns the URL of the keys (OpenID Connect Discovery 1.0, section 4). */
  private async discoverKeys(): Promise<string> {
    const { issuer } = this.configuration;
    const bytes = await this.fetchDocument(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
    const document: unknown = parseJson(bytes);
    const { issuer: named, jwks_uri: jwksUri } = Object(document) as { issuer?: unknown; jwks_uri?: unknown };
    if (named !== issuer) throw new KeysUnavailableError('the discovery document names another issuer');
    if (typeof jwksUri !== 'string' || !jwksUri.startsWith('https://')) throw new KeysUnavailableError('the discovery document has no jwks_uri with https://');
    return jwksUri;
  }

  private async fetchDocument(url: string): Promise<ArrayBuffer> {
    try {
      return await this.fetchJson(url);
    } catch (cause) {
      throw new KeysUnavailableError('the issuer does not respond', { cause });
    }
  }
}

/** Errors by name. The bundler shortens class names, and the messages of the library quote claims. */
const REASONS = {
  JwtExpiredError,
  JwtInvalidAudienceError,
  JwtInvalidIssuerError,
  JwtInvalidScopeError,
  JwtInvalidSignatureError,
  JwtNotBeforeError,
  JwtParseError,
  JwtWithoutValidKidError,
  KidNotFoundInJwksError,
  WaitPeriodNotYetEndedJwkError,
};

function reasonOf(error: unknown): string {
  return Object.entries(REASONS).find(([, type]) => error instanceof type)?.[0] ?? 'not verified';
}

interface Verifier {
  verify(token: string): Promise<{ readonly iss?: string; readonly sub?: string }>;
}

/** Parses the keys of the issuer. Skips malformed keys, so that the others remain usable. */
function usableKeys(bytes: ArrayBuffer): Jwks {
  const { keys } = Object(parseJson(bytes)) as { readonly keys?: unknown };
  if (!Array.isArray(keys)) throw new KeysUnavailableError('the keys of the issuer are malformed');
  return { keys: keys.filter(isJwk) };
}

function parseJson(bytes: ArrayBuffer): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch (cause) {
    throw new KeysUnavailableError('a document of the issuer is not JSON', { cause });
  }
}
