/** A record that the construct's functions wrote. */
export type ImageItem = Readonly<Record<string, unknown>>;

interface StoredImage {
  readonly key: string;
  readonly contentType: string;
  readonly width: number;
  readonly height: number;
}

/** Returns the keys of the images in the bucket. */
export function keysOf(record: ImageItem): string[] {
  return (record.images as readonly StoredImage[]).map(({ key }) => key);
}

/** Returns the response for a record. */
export function imageOf(record: ImageItem, urls: readonly string[]): object {
  const { sk, prompt, model, createdAt, imageExpiresAt } = record;
  return {
    id: String(sk).slice('IMG#'.length),
    prompt,
    model,
    createdAt: new Date(Number(createdAt)).toISOString(),
    expiresAt: new Date(Number(imageExpiresAt)).toISOString(),
    images: (record.images as readonly StoredImage[]).map(({ contentType, width, height }, index) => (
      { contentType, width, height, url: urls[index] })),
  };
}
