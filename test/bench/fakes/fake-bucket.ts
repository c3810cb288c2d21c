import { createHash } from 'node:crypto';

export interface StoredObject {
  readonly key: string;
  readonly sha256: string;
  readonly contentType: string | undefined;
}

export interface BucketResponse {
  readonly status: number;
  readonly body?: Buffer | string;
}

const DOCUMENT_TYPE = 'application/json';
const MISSING: BucketResponse = {
  status: 404, body: '<?xml version="1.0" encoding="UTF-8"?><Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>',
};

/**
 * The fake of Amazon S3: stores JSON documents, and of an image only its SHA-256. After `freeze`, no document changes, so that every
 * request finds the same documents.
 */
export class FakeBucket {
  /** The images since the last reset. */
  public images: StoredObject[] = [];
  private readonly documents = new Map<string, Buffer>();
  private isFrozen = false;

  public freeze(): void {
    this.isFrozen = true;
  }

  public respond(method: string, path: string, headers: Readonly<Record<string, unknown>>, body: Buffer): BucketResponse {
    // the path of a path-style request starts with the bucket
    const key = decodeURIComponent(path.split('/').slice(2).join('/'));
    switch (method) {
      case 'PUT':
        this.put(key, headers, body);
        return { status: 200 };
      case 'DELETE':
        if (!this.isFrozen) this.documents.delete(key);
        return { status: 204 };
      case 'POST':
        // DeleteObjects
        return { status: 200, body: '<?xml version="1.0" encoding="UTF-8"?><DeleteResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"/>' };
      default: {
        const document = this.documents.get(key);
        return document ? { status: 200, body: document } : MISSING;
      }
    }
  }

  private put(key: string, headers: Readonly<Record<string, unknown>>, sent: Buffer): void {
    const contentType = headers['content-type'] as string | undefined;
    const bytes = String(headers['content-encoding']).includes('aws-chunked') ? withoutChunkFraming(sent) : sent;
    if (contentType !== DOCUMENT_TYPE) this.images.push({ key, sha256: createHash('sha256').update(bytes).digest('hex'), contentType });
    else if (!this.isFrozen) this.documents.set(key, bytes);
  }
}

/** Returns the object in a body with `Content-Encoding: aws-chunked`: chunks that begin with their size as a hexadecimal number, then trailers. */
export function withoutChunkFraming(body: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let offset = 0; ;) {
    const end = body.indexOf('\r\n', offset);
    const size = Number.parseInt(body.toString('latin1', offset, end), 16);
    if (!size) return Buffer.concat(parts);
    parts.push(body.subarray(end + 2, end + 2 + size));
    offset = end + 2 + size + 2;
  }
}
