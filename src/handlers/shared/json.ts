/** Parses a JSON document that these functions stored in the bucket. It is not validated. */
export function fromJson<T>(bytes: Uint8Array): T {
  return JSON.parse(Buffer.from(bytes).toString('utf8')) as T;
}
