import { JwtVerifier } from 'aws-jwt-verify';
import {
  JwtExpiredError, JwtInvalidAudienceError, JwtInvalidIssuerError, JwtInvalidScopeError, JwtInvalidSignatureError,
  JwtNotBeforeError, JwtParseError, JwtWithoutValidKidError, KidNotFoundInJwksError, WaitPeriodNotYetEndedJwkError,
} from 'aws-jwt-verify/error';
import { isJwk, SimpleJwksCache, type Jwks } from 'aws-jwt-verify/jwk';
import { decomposeUnverifiedJwt } from 'aws-jwt-verify/jwt';
import type { AuthorizerConfiguration } from '../../private/contract/authorizer';

/** A token that nobody may be let in by. What is wrong with it is for the log: it never quotes the token. */
export class InvalidTokenError extends Error {}

/** The issuer's keys cannot be had just now: that says nothing of the token. */
export class KeysUnavailableError extends Error {}

export interface User {
  readonly iss: string;
  readonly sub: string;
}

/** Fetches a JSON document; rejects where it cannot be had. */
export type FetchJson = (url: string) => Promise<ArrayBuffer>;

/** Keys that the issuer withdrew are trusted for so long at most. */
const KEYS_MAX_AGE_MS = 3600 * 1000;
/** Longer than any issuer's, and what the gateway lets through in a header. */
const TOKEN_MAX_LENGTH = 8_192;

/** Checks tokens of one issuer. Its keys are fetched once an hour, and when a token names one that is not known yet. */
export class TokenVerifier {
  private current?: { readonly verifier: Promise<Verifier>; readonly since: number };

  constructor(private readonly configuration: AuthorizerConfiguration, private readonly fetchJson: FetchJson, private readonly now: () => number) {}

  /** Rejects with `BadToken` or `KeysUnavailable`. */
  public async verify(token: string): Promise<User> {
    if (token.length > TOKEN_MAX_LENGTH) throw new InvalidTokenError('too long');
    const verifier = await this.verifier();
    try {
      // before any key is tried on it
      this.refuseHeader(decomposeUnverifiedJwt(token).header);
      const { iss, sub } = await verifier.verify(token);
      return { iss: String(iss), sub: String(sub) };
    } catch (error) {
      if (error instanceof InvalidTokenError || error instanceof KeysUnavailableError) throw error;
      throw new InvalidTokenError(reasonOf(error));
    }
  }

  private refuseHeader({ alg, crit }: { readonly alg?: string; readonly crit?: unknown }): void {
    if (alg === undefined || !this.configuration.algorithms.includes(alg)) throw new InvalidTokenError('algorithm');
    // extensions that have to be understood, of which we know none (RFC 7515, section 4.1.11)
    if (crit !== undefined) throw new InvalidTokenError('crit');
  }

  private verifier(): Promise<Verifier> {
    if (this.current && this.now() - this.current.since < KEYS_MAX_AGE_MS) return this.current.verifier;
    const made = { verifier: this.makeVerifier(), since: this.now() };
    this.current = made;
    // a failure is not kept
    made.verifier.catch(() => { if (this.current === made) this.current = undefined; });
    return made.verifier;
  }

  private async makeVerifier(): Promise<Verifier> {
    const { issuer, audience, scopes, clockToleranceSeconds, jwksUri } = this.configuration;
    return JwtVerifier.create({
      issuer,
      audience: [...audience],
      ...(scopes && { scope: [...scopes] }),
      graceSeconds: clockToleranceSeconds,
      jwksUri: jwksUri ?? await this.discoverKeys(),
      customJwtCheck: ({ payload }) => {
        // the library accepts tokens without an end
        if (payload.exp === undefined) throw new InvalidTokenError('no exp');
        if (!payload.sub) throw new InvalidTokenError('no sub');
      },
    }, { jwksCache: new SimpleJwksCache({ fetcher: { fetch: (url) => this.keys(url) }, jwksParser: usableKeys }) });
  }

  /** OpenID Connect Discovery 1.0, section 4. */
  private async discoverKeys(): Promise<string> {
    const { issuer } = this.configuration;
    const bytes = await this.keys(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
    const document: unknown = parsed(bytes);
    const { issuer: named, jwks_uri: jwksUri } = Object(document) as { issuer?: unknown; jwks_uri?: unknown };
    if (named !== issuer) throw new KeysUnavailableError('the discovery document is of another issuer');
    if (typeof jwksUri !== 'string' || !jwksUri.startsWith('https://')) throw new KeysUnavailableError('the discovery document names no jwks_uri with https://');
    return jwksUri;
  }

  private async keys(url: string): Promise<ArrayBuffer> {
    try {
      return await this.fetchJson(url);
    } catch (cause) {
      throw new KeysUnavailableError('the issuer does not answer', { cause });
    }
  }
}

/** By their names: the bundler shortens those of classes, and the library's messages quote claims. */
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

/** One key that makes no sense must not lock out the users of all others. */
function usableKeys(bytes: ArrayBuffer): Jwks {
  const { keys } = Object(parsed(bytes)) as { readonly keys?: unknown };
  if (!Array.isArray(keys)) throw new KeysUnavailableError('the keys of the issuer cannot be read');
  return { keys: keys.filter(isJwk) };
}

function parsed(bytes: ArrayBuffer): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch (cause) {
    throw new KeysUnavailableError('a document of the issuer is no JSON', { cause });
  }
}
