import type { UrlSigner } from '../generation/ports';

interface SignedUrl {
  readonly url: string;
  /** ISO 8601. The URL is not valid after this time. */
  readonly expiresAt: string;
}

interface UrlTimes {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Milliseconds since the epoch. */
  readonly imageExpiresAt: number;
  readonly ttlSeconds: number;
}

/** Returns a presigned URL of an image, valid for `ttlSeconds` or until the image expires. Returns undefined if the image has expired. */
export async function signUrl(signer: UrlSigner, key: string, { now, imageExpiresAt, ttlSeconds }: UrlTimes): Promise<SignedUrl | undefined> {
  // the signing time and the lifetime of a signature are in whole seconds
  const signedAt = Math.floor(now / 1000);
  const expiresIn = Math.min(ttlSeconds, Math.floor(imageExpiresAt / 1000) - signedAt);
  if (expiresIn < 1) return undefined;
  const url = await signer.sign(key, new Date(signedAt * 1000), expiresIn);
  return { url, expiresAt: new Date((signedAt + expiresIn) * 1000).toISOString() };
}
