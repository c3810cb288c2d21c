import { createHash, createHmac } from 'node:crypto';

// Signature Version 4 in as little code as possible. The floor handler of the benchmark shows what the AWS SDK costs; it is no example.

const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: token, AWS_REGION: region } = process.env;

export interface SignedRequest {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly service: 'bedrock' | 's3' | 'dynamodb';
  readonly headers: Readonly<Record<string, string>>;
  readonly payloadHash: string;
}

export function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

/** Returns the headers of a request with its signature. */
export function sign({ method, host, path, service, headers, payloadHash }: SignedRequest): Record<string, string> {
  const time = timestamp();
  const all: Record<string, string> = {
    ...headers,
    'host': host,
    'x-amz-date': time,
    ...(token && { 'x-amz-security-token': token }),
    ...(service === 's3' && { 'x-amz-content-sha256': payloadHash }),
  };
  const names = Object.keys(all).sort();
  // all services but S3 sign a path that is encoded twice
  const canonicalPath = service === 's3' ? path : path.split('/').map(encode).join('/');
  const canonical = [method, canonicalPath, '', ...names.map((name) => `${name}:${all[name]}`), '', names.join(';'), payloadHash].join('\n');
  const scope = scopeOf(time, service);
  const credential = `Credential=${id}/${scope}, SignedHeaders=${names.join(';')}`;
  return { ...all, authorization: `AWS4-HMAC-SHA256 ${credential}, Signature=${signature(time, scope, canonical)}` };
}

/** Returns a presigned URL of an object. */
export function presign(origin: string, path: string, expiresIn: number): string {
  const time = timestamp();
  const scope = scopeOf(time, 's3');
  const query = Object.entries({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${id}/${scope}`,
    'X-Amz-Date': time,
    'X-Amz-Expires': String(expiresIn),
    ...(token && { 'X-Amz-Security-Token': token }),
    'X-Amz-SignedHeaders': 'host',
  }).map(([name, value]) => `${name}=${encode(value)}`).join('&');
  const canonical = ['GET', path, query, `host:${new URL(origin).host}`, '', 'host', 'UNSIGNED-PAYLOAD'].join('\n');
  return `${origin}${path}?${query}&X-Amz-Signature=${signature(time, scope, canonical)}`;
}

function signature(time: string, scope: string, canonical: string): string {
  const [date, scopeRegion, service] = scope.split('/');
  const key = [date, scopeRegion, service, 'aws4_request'].reduce<string | Buffer>((previous, part) => hmac(previous, part), `AWS4${secret}`);
  return hmac(key, ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n')).toString('hex');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function scopeOf(time: string, service: string): string {
  return `${time.slice(0, 8)}/${region}/${service}/aws4_request`;
}

function timestamp(): string {
  return new Date().toISOString().replace(/[-:]|\.\d{3}/g, '');
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
