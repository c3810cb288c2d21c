import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

const encode = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

type Kind = 'RS256' | 'ES256' | 'EdDSA';

interface Key {
  readonly kid: string;
  readonly alg: Kind;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** Making RSA keys takes a while: those in use at once differ, those of different tests need not. */
const RSA_PAIRS = Array.from({ length: 3 }, () => generateKeyPairSync('rsa', { modulusLength: 2048 }));
let made = 0;

function newKey(kid: string, alg: Kind): Key {
  const pair = alg === 'RS256' ? RSA_PAIRS[made++ % RSA_PAIRS.length]
    : alg === 'ES256' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('ed25519');
  return { kid, alg, ...pair };
}

function signature(key: Key, input: string): string {
  const data = Buffer.from(input);
  if (key.alg === 'EdDSA') return sign(null, data, key.privateKey).toString('base64url');
  return sign('sha256', data, { key: key.privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url');
}

/** An OpenID Connect provider that lives in the test: it signs tokens, publishes its keys and can change them. */
export class Issuer {
  public keys: Key[] = [newKey('first', 'RS256')];
  public readonly fetched: string[] = [];
  /** What the next fetches answer instead. */
  public readonly instead: (() => unknown)[] = [];

  constructor(public readonly url = 'https://issuer.example') {}

  public rotate(kid: string, alg: Kind = 'RS256'): void {
    this.keys = [newKey(kid, alg)];
  }

  public addKey(kid: string, alg: Kind): void {
    this.keys = [...this.keys, newKey(kid, alg)];
  }

  public readonly fetchJson = async (url: string): Promise<ArrayBuffer> => {
    this.fetched.push(url);
    const document = this.instead.shift()?.() ?? (url.endsWith('/openid-configuration')
      ? { issuer: this.url, jwks_uri: `${this.url}/keys` }
      : { keys: this.keys.map(({ kid, alg, publicKey }) => ({ ...publicKey.export({ format: 'jwk' }), kid, alg, use: 'sig' })) });
    return new TextEncoder().encode(typeof document === 'string' ? document : JSON.stringify(document)).buffer as ArrayBuffer;
  };

  /** Signed by the newest key unless another is named. */
  public token(claims: object, header: object = {}, key = this.keys[this.keys.length - 1]): string {
    const input = `${encode({ typ: 'JWT', alg: key.alg, kid: key.kid, ...header })}.${encode(claims)}`;
    return `${input}.${signature(key, input)}`;
  }

  /** As an attacker makes one who has only what is published. */
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
