/** Signs a URL for an object; see `S3Images.sign`. */
export interface UrlSigner {
  sign(key: string, signedAt: Date, expiresIn: number): Promise<string>;
}

export interface UploadOptions {
  readonly contentType: string;
  readonly maxBytes: number;
  /** Seconds. */
  readonly expiresIn: number;
}

/** Where and with which form fields a browser can send a file. */
export interface SignedUpload {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

export interface UploadSigner {
  signUpload(key: string, options: UploadOptions): Promise<SignedUpload>;
}

export interface SignedUrl {
  readonly url: string;
  /** ISO 8601. The URL surely fails after this time. */
  readonly expiresAt: string;
}

/** A URL that lives for `ttlSeconds`, but never longer than the image. Undefined once the image is gone. */
export async function signUrl(
  signer: UrlSigner, key: string, imageExpiresAt: number, ttlSeconds: number, now: number,
): Promise<SignedUrl | undefined> {
  // signatures count whole seconds, from the second they are made in
  const signedAt = Math.floor(now / 1000);
  const expiresIn = Math.min(ttlSeconds, Math.floor(imageExpiresAt / 1000) - signedAt);
  if (expiresIn < 1) return undefined;
  const url = await signer.sign(key, new Date(signedAt * 1000), expiresIn);
  return { url, expiresAt: new Date((signedAt + expiresIn) * 1000).toISOString() };
}
