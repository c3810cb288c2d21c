import { ApiError } from '../../shared/api-error';

/** Some clients also send a charset in the header. */
const COMPRESSION = /\b(gzip|deflate|compress|br|zstd)\b/i;

/** Throws if the body of a request is compressed. `headers`: by lower-case name. */
export function rejectCompression(headers: Readonly<Record<string, string | undefined>>): void {
  const [compression] = COMPRESSION.exec(headers['content-encoding'] ?? '') ?? [];
  if (compression === undefined) return;
  throw new ApiError('UNSUPPORTED_MEDIA_TYPE', `Content-Encoding must be absent, got ${compression}; send the body without compression`);
}
