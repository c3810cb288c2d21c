import type { UrlSigner } from '../generation/ports';

export interface SignedUrl {
  readonly url: string;
  /** ISO 8601. The URL is not valid after this time. */
  readonly expiresAt: string;
}

/** Times of a URL: the current time and the expiration of the image in milliseconds, and the lifetime of the URL. */
export interface UrlTimes {
  readonly now: number;
  readonly imageExpiresAt: number;
  readonly ttlSeconds: number;
}

/** Presigns the URL of an image for `ttlSeconds`, or until the image expires. Returns undefined if the image has expired. */
export async function signUrl(signer: UrlSigner, key: string, { now, imageExpiresAt, ttlSeconds }: UrlTimes): Promise<SignedUrl | undefined> {
  // the signing time and the lifetime of a signature are in whole seconds
  const signedAt = Math.floor(now / 1000);
  const expiresIn = Math.min(ttlSeconds, Math.floor(imageExpiresAt / 1000) - signedAt);
  if (expiresIn < 1) return undefined;
  const url = await signer.sign(key, new Date(signedAt * 1000), expiresIn);
  return { url, expiresAt: new Date((signedAt + expiresIn) * 1000).toISOString() };
}
