import * as crypto from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface UnsignedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly credentials: Credentials;
  readonly region: string;
  /** Default: API Gateway. */
  readonly service?: string;
}

/** Signs a request with AWS Signature Version 4 and returns its headers. */
export async function signRequest(
  { method, url, headers, body, credentials, region, service = 'execute-api' }: UnsignedRequest,
): Promise<Record<string, string>> {
  const { protocol, host, hostname, port, pathname, searchParams } = new URL(url);
  const signer = new SignatureV4({ service, region, credentials, sha256: Sha256 });
  const request = await signer.sign({
    method, protocol, hostname, port: Number(port), path: pathname, query: Object.fromEntries(searchParams), headers: { ...headers, host }, body,
  });
  return request.headers;
}

/** SHA-256 of Node.js with the interface of the signer. */
class Sha256 {
  private readonly hash: crypto.Hash | crypto.Hmac;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.hash = secret === undefined ? crypto.createHash('sha256') : crypto.createHmac('sha256', toBytes(secret));
  }

  update(chunk: Uint8Array): void {
    this.hash.update(chunk);
  }

  async digest(): Promise<Uint8Array> {
    return this.hash.digest();
  }

  reset(): void {
    throw new Error('the signer does not call reset');
  }
}

function toBytes(source: string | ArrayBuffer | ArrayBufferView): Uint8Array {
  if (typeof source === 'string') return Buffer.from(source);
  return ArrayBuffer.isView(source) ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength) : new Uint8Array(source);
}
