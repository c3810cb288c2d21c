import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

const encode = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

type Kind = 'RS256' | 'ES256' | 'EdDSA';

interface Key {
  readonly kid: string;
  readonly alg: Kind;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** Generating RSA keys is slow, so tests share these. Keys in use at the same time differ. */
const RSA_PAIRS = Array.from({ length: 3 }, () => generateKeyPairSync('rsa', { modulusLength: 2048 }));
let keyCount = 0;

function newKey(kid: string, alg: Kind): Key {
  const pair = alg === 'RS256' ? RSA_PAIRS[keyCount++ % RSA_PAIRS.length]
    : alg === 'ES256' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('ed25519');
  return { kid, alg, ...pair };
}

function signature(key: Key, input: string): string {
  const data = Buffer.from(input);
  if (key.alg === 'EdDSA') return sign(null, data, key.privateKey).toString('base64url');
  return sign('sha256', data, { key: key.privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url');
}

/** An OpenID Connect provider in the test process. It signs tokens, publishes its keys and can rotate them. */
export class Issuer {
  public keys: Key[] = [newKey('first', 'RS256')];
  public readonly fetched: string[] = [];
  /** Responses to the next requests, instead of the regular ones. */
  public readonly nextDocuments: (() => unknown)[] = [];

  constructor(public readonly url = 'https://issuer.example') {}

  public rotate(kid: string, alg: Kind = 'RS256'): void {
    this.keys = [newKey(kid, alg)];
  }

  public addKey(kid: string, alg: Kind): void {
    this.keys = [...this.keys, newKey(kid, alg)];
  }

  public readonly fetchJson = async (url: string): Promise<ArrayBuffer> => {
    this.fetched.push(url);
    const document = this.nextDocuments.shift()?.() ?? (url.endsWith('/openid-configuration')
      ? { issuer: this.url, jwks_uri: `${this.url}/keys` }
      : { keys: this.keys.map(({ kid, alg, publicKey }) => ({ ...publicKey.export({ format: 'jwk' }), kid, alg, use: 'sig' })) });
    return new TextEncoder().encode(typeof document === 'string' ? document : JSON.stringify(document)).buffer as ArrayBuffer;
  };

  /** Returns a token, signed with the newest key by default. */
  public token(claims: object, header: object = {}, key = this.keys[this.keys.length - 1]): string {
    const input = `${encode({ typ: 'JWT', alg: key.alg, kid: key.kid, ...header })}.${encode(claims)}`;
    return `${input}.${signature(key, input)}`;
  }

  /** Returns a token that is signed with the public key as HMAC secret, which every attacker knows. */
  public hmacToken(claims: object): string {
    const [key] = this.keys;
    const input = `${encode({ typ: 'JWT', alg: 'HS256', kid: key.kid })}.${encode(claims)}`;
    const secret = key.publicKey.export({ type: 'spki', format: 'pem' });
    return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
  }

  public unsignedToken(claims: object, algorithm: string): string {
    return `${encode({ typ: 'JWT', alg: algorithm, kid: this.keys[0].kid })}.${encode(claims)}.`;
  }
}
