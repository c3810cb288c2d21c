import { Dicer } from '@fastify/busboy';
import { pointerTo } from '../../requests/validation-errors';
import { invalidRequest, type ApiError } from '../../shared/api-error';

/** One field of a multipart form, undecoded. */
export interface FormPart {
  readonly name: string;
  /** Absent if the part has no file name. */
  readonly fileName?: string;
  /** Media type in lower case, without parameters. */
  readonly mediaType: string;
  /** Absent if the part does not declare a charset. */
  readonly charset?: string;
  readonly bytes: Buffer;
}

/** More than a valid request has. The parser creates a stream for each part. */
const MAX_PARTS = 100;
/** The maximum of RFC 2046. The parser itself fails only at 253 bytes. */
const MAX_BOUNDARY_LENGTH = 70;

const MISSING_NAME = 'each part of the form must have the header Content-Disposition: form-data; name="..."';

/** Header values by lower-case name. Each character stands for one byte (Latin-1), as the parser returns them. */
type Headers = Readonly<Record<string, readonly string[] | undefined>>;

interface RawPart {
  headers?: Headers;
  readonly chunks: Buffer[];
  readonly ended: Promise<void>;
}

/** Parses a multipart form (RFC 7578). Throws an `ApiError` if the form is not valid or not complete. */
export async function parseForm(contentType: string, bytes: Buffer): Promise<FormPart[]> {
  const boundary = parameterOf(contentType, 'boundary');
  if (!boundary) throw invalidForm();
  if (boundary.length > MAX_BOUNDARY_LENGTH) throw formError('', `the boundary of the form must have at most ${MAX_BOUNDARY_LENGTH} characters, got ${boundary.length}`);
  const parts = await rawParts(boundary, withoutPadding(bytes, boundary));
  return parts.map(formPart);
}

/** Removes spaces and tabs after a boundary, which RFC 2046 allows. The parser would read them as a header. */
function withoutPadding(bytes: Buffer, boundary: string): Buffer {
  const text = bytes.toString('latin1');
  const padded = new RegExp(`(?<=^|\\r\\n)(--${boundary.replace(/\W/g, '\\$&')})[ \\t]+(?=\\r\\n)`, 'g');
  const unpadded = text.replace(padded, '$1');
  return unpadded.length === text.length ? bytes : Buffer.from(unpadded, 'latin1');
}

function rawParts(boundary: string, bytes: Buffer): Promise<RawPart[]> {
  return new Promise((resolve, reject) => {
    const parts: RawPart[] = [];
    const parser = new Dicer({ boundary });
    parser.on('part', (stream) => {
      // parser.end() throws the error, which stops the parser and rejects the promise
      if (parts.length === MAX_PARTS) throw formError('', `the form must have at most ${MAX_PARTS} fields`);
      const part: RawPart = { chunks: [], ended: new Promise((ended) => stream.on('end', ended)) };
      parts.push(part);
      stream.on('header', (headers: Headers) => { part.headers = headers; });
      stream.on('data', (chunk: Buffer) => part.chunks.push(chunk));
      stream.on('error', () => reject(invalidForm()));
    });
    parser.on('error', () => reject(invalidForm()));
    // the parser can finish before the streams have passed on all data
    parser.on('finish', () => resolve(Promise.all(parts.map(({ ended }) => ended)).then(() => parts)));
    parser.end(bytes);
  });
}

function formPart({ headers, chunks }: RawPart): FormPart {
  const disposition = headers && singleHeader(headers, 'content-disposition');
  if (!headers || disposition === undefined || !/^form-data\s*(;|$)/i.test(disposition)) throw formError('', MISSING_NAME);
  const rawName = parameterOf(disposition, 'name');
  if (!rawName) throw formError('', MISSING_NAME);
  const name = utf8(rawName);
  const type = singleHeader(headers, 'content-type', name) ?? 'text/plain';
  return {
    name,
    fileName: parameterOf(disposition, 'filename') ?? parameterOf(disposition, 'filename*'),
    mediaType: type.split(';')[0].trim().toLowerCase(),
    charset: parameterOf(type, 'charset')?.trim().toLowerCase(),
    bytes: transferDecoded(Buffer.concat(chunks), singleHeader(headers, 'content-transfer-encoding', name), name),
  };
}

/** Returns the value of a header. Throws if the part `name` has the header more than once. */
function singleHeader(headers: Headers, header: string, name = ''): string | undefined {
  const [value, ...others] = headers[header] ?? [];
  if (others.length > 0) throw formError(name, `must have one ${header} header, got ${others.length + 1}`);
  return value;
}

/** Returns the decoded bytes of a part. RFC 7578 deprecates `Content-Transfer-Encoding`, but old clients send it. */
function transferDecoded(bytes: Buffer, encoding: string | undefined, name: string): Buffer {
  const value = (encoding ?? 'binary').trim().toLowerCase();
  if (['7bit', '8bit', 'binary'].includes(value)) return bytes;
  const text = bytes.toString('latin1').replace(/\s+/g, '');
  if (value === 'base64' && /^[A-Za-z0-9+/]*={0,2}$/.test(text)) return Buffer.from(text, 'base64');
  throw formError(name, 'must be sent without Content-Transfer-Encoding, or as valid base64 with Content-Transfer-Encoding: base64');
}

/** A parameter: a token, or a quoted string with backslash escapes (RFC 9110). */
const PARAMETER = /;\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))/gs;

/** Returns a parameter of a header value, such as `charset`. `name` is in lower case. */
export function parameterOf(header: string, name: string): string | undefined {
  for (const [, key, quoted, token] of header.matchAll(PARAMETER)) {
    if (key.toLowerCase() === name) return quoted === undefined ? token : quoted.replace(/\\(.)/gs, '$1');
  }
  return undefined;
}

/** Returns the text of a field name, which is in UTF-8. Other bytes become replacement characters, so that the name matches no field. */
function utf8(latin1: string): string {
  return Buffer.from(latin1, 'latin1').toString('utf8');
}

/** Labels of UTF-16 that define the byte order. */
const UTF_16_WITH_BYTE_ORDER = ['utf-16le', 'utf-16be', 'unicodefeff', 'unicodefffe'];

/**
 * Returns the label with which `TextDecoder` decodes the bytes, or undefined if their meaning in the charset is not certain. `TextDecoder`
 * follows browsers: it reads ASCII as Windows-1252, and UTF-16 without a byte order as little-endian. Throws if the charset is unknown.
 */
function decoderLabel(charset: string, bytes: Buffer): string | undefined {
  if (charset === 'us-ascii' || charset === 'ascii') return bytes.every((byte) => byte < 128) ? 'utf-8' : undefined;
  const { encoding } = new TextDecoder(charset === 'utf16' ? 'utf-16' : charset);
  // bytes above 127 are private-use characters, whose meaning is not defined
  if (encoding === 'x-user-defined') return undefined;
  if (!encoding.startsWith('utf-16')) return encoding;
  const fromByteOrderMark = { fffe: 'utf-16le', feff: 'utf-16be' }[bytes.toString('hex', 0, 2)];
  return fromByteOrderMark ?? (UTF_16_WITH_BYTE_ORDER.includes(charset) ? encoding : undefined);
}

/**
 * Decodes the text of a part by its charset. Throws if its bytes are not valid in the charset: a model would be charged for a replacement
 * character. `errorDetail` replaces the default detail, for fields that accept more than text.
 */
export function textOf({ name, charset, bytes }: FormPart, defaultCharset: string | undefined, errorDetail?: string): string {
  const declared = charset ?? defaultCharset;
  try {
    const label = decoderLabel(declared ?? 'utf-8', bytes);
    if (label !== undefined) return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    // an unknown charset, or bytes that are not valid in it
  }
  throw formError(name, errorDetail ?? (declared === undefined
    ? 'must be text in UTF-8; declare another charset in the Content-Type of the field, for example text/plain; charset=iso-8859-1'
    : `must be text in the charset of the field, ${JSON.stringify(declared.slice(0, 40))}; send UTF-8`));
}

/** `name`: the field, or empty for the whole form. */
function formError(name: string, detail: string): ApiError {
  return invalidRequest([{ pointer: name && pointerTo(name), detail }]);
}

function invalidForm(): ApiError {
  return formError('', 'the body is not valid multipart/form-data');
}
