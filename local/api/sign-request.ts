import * as crypto from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Signs a request with AWS Signature Version 4 and returns its headers. The default service is API Gateway. */
export async function signRequest(
  method: string, url: string, headers: Readonly<Record<string, string>>, body: string, credentials: Credentials, region: string, service = 'execute-api',
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
