/** What lies as JSON in the bucket, by us: its type is known. */
export function fromJson<T>(bytes: Uint8Array): T {
  return JSON.parse(Buffer.from(bytes).toString('utf8')) as T;
}
