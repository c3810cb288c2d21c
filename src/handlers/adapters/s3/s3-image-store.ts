import { crc32 } from 'node:zlib';
import { DeleteObjectCommand, GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { HttpRequest } from '@smithy/types';
import type { Documents, GeneratedImage, ImageStore, SignedUpload, UploadOptions, UploadSigner, UrlSigner } from '../../generation/ports';
import type { StoredImage } from '../../generation/storage/records';
import { abortAt, shortTimeoutHttpHandler } from '../../shared/sdk';

/** Images, uploads and JSON documents in the bucket. */
export class S3ImageStore implements ImageStore, Documents, UrlSigner, UploadSigner {
  private readonly client: S3Client;

  /** `region`: region of the bucket. S3 redirects URLs of another Region or of the global endpoint, which invalidates the signature. */
  constructor(private readonly bucket: string, region: string | undefined) {
    this.client = new S3Client({
      region,
      requestHandler: shortTimeoutHttpHandler(),
      // otherwise presigned URLs contain checksum parameters
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
  }

  public async put(key: string, image: GeneratedImage, deadline: number): Promise<StoredImage> {
    const { bytes, seed, contentType, width, height, isCutOut, isRemovalCharged } = image;
    const command = new PutObjectCommand({
      Bucket: this.bucket,
      Key: key,
      Body: bytes,
      ContentType: contentType,
      ChecksumAlgorithm: 'CRC32',
      // `find` reads them when the record of an image was not written
      Metadata: {
        ...(seed !== undefined && { seed: String(seed) }),
        width: String(width),
        height: String(height),
        ...(isCutOut && { 'cut-out': 'true' }),
        ...(isRemovalCharged && { 'removal-charged': 'true' }),
      },
    });
    signWithoutBody(command);
    await this.client.send(command, abortAt(deadline));
    return storedImage(key, image);
  }

  /** Compares the checksum that S3 stored with the object. */
  public async findSame(key: string, image: GeneratedImage, deadline: number): Promise<StoredImage | undefined> {
    try {
      const command = new HeadObjectCommand({ Bucket: this.bucket, Key: key, ChecksumMode: 'ENABLED' });
      const { ChecksumCRC32, ContentLength } = await this.client.send(command, abortAt(deadline));
      const isSame = ChecksumCRC32 === crc32Base64(image.bytes) && ContentLength === image.bytes.byteLength;
      return isSame ? storedImage(key, image) : undefined;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  public async write(key: string, text: string, deadline: number): Promise<void> {
    await this.client.send(new PutObjectCommand({
      Bucket: this.bucket, Key: key, Body: text, ContentType: 'application/json', ChecksumAlgorithm: 'CRC32',
    }), abortAt(deadline));
  }

  public async find(key: string): Promise<StoredImage | undefined> {
    try {
      const { Metadata, ContentType, ContentLength } = await this.client.send(new HeadObjectCommand({ Bucket: this.bucket, Key: key }));
      return {
        key,
        ...(Metadata?.seed !== undefined && { seed: Number(Metadata.seed) }),
        contentType: ContentType ?? 'application/octet-stream',
        width: Number(Metadata?.width),
        height: Number(Metadata?.height),
        bytes: ContentLength ?? 0,
        ...(Metadata?.['cut-out'] === 'true' && { isCutOut: true }),
        ...(Metadata?.['removal-charged'] === 'true' && { isRemovalCharged: true }),
      };
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  public async read(key: string): Promise<Uint8Array> {
    const { Body } = await this.client.send(new GetObjectCommand({ Bucket: this.bucket, Key: key }));
    if (!Body) throw new Error('S3 returned no body');
    return Body.transformToByteArray();
  }

  public async readIfExists(key: string): Promise<Uint8Array | undefined> {
    try {
      return await this.read(key);
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  public async remove(keys: readonly string[]): Promise<void> {
    // waits for all, also if one fails: what runs after the response would continue during another request
    const results = await Promise.allSettled(keys.map((Key) => this.client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key }))));
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  }

  /** Creates a presigned URL that is valid for `expiresIn` seconds after `signedAt`, or until the credentials of the function expire. */
  public sign(key: string, signedAt: Date, expiresIn: number): Promise<string> {
    return getSignedUrl(this.client, new GetObjectCommand({ Bucket: this.bucket, Key: key }), { expiresIn, signingDate: signedAt });
  }

  /** Creates a presigned POST for one file of the type and size, valid for `expiresIn` seconds or until the credentials of the function expire. */
  public async signUpload(key: string, { contentType, maxBytes, expiresIn }: UploadOptions): Promise<SignedUpload> {
    return createPresignedPost(this.client, {
      Bucket: this.bucket,
      Key: key,
      Fields: { 'Content-Type': contentType },
      Conditions: [['content-length-range', 1, maxBytes], ['eq', '$Content-Type', contentType]],
      Expires: expiresIn,
    });
  }
}

/**
 * Leaves the SHA-256 of the body out of the signature: for a large image, it takes a third of the CPU time of the upload. S3 compares the
 * body with its CRC-32, and TLS protects both. Presigned URLs are signed in the same way.
 */
function signWithoutBody(command: PutObjectCommand): void {
  command.middlewareStack.add((next) => (args) => {
    (args.request as HttpRequest).headers['x-amz-content-sha256'] = 'UNSIGNED-PAYLOAD';
    return next(args);
  }, { step: 'build' });
}

function storedImage(key: string, { bytes, ...image }: GeneratedImage): StoredImage {
  const { seed, contentType, width, height, isCutOut, isRemovalCharged } = image;
  const flags = { ...(isCutOut && { isCutOut }), ...(isRemovalCharged && { isRemovalCharged }) };
  return { key, seed, contentType, width, height, bytes: bytes.byteLength, ...flags };
}

/** Returns the CRC-32 of a file as S3 does: big-endian, in base64. */
function crc32Base64(bytes: Uint8Array): string {
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(bytes));
  return checksum.toString('base64');
}

/** Without the permission s3:ListBucket, S3 returns 403 for a key that does not exist. */
function isMissing(error: unknown): boolean {
  return error instanceof S3ServiceException && [403, 404].includes(error.$metadata.httpStatusCode ?? 0);
}
