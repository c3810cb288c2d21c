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

/** No request of this API has as many fields. Each part costs a stream. */
const MAX_PARTS = 100;
/** The maximum of RFC 2046. The parser fails with 253 bytes or more. */
const MAX_BOUNDARY_LENGTH = 70;

/** Header values by lower-case name, one string per byte, as the parser returns them. */
type Headers = Readonly<Record<string, readonly string[] | undefined>>;

interface RawPart {
  headers?: Headers;
  readonly chunks: Buffer[];
  readonly ended: Promise<void>;
}

/** Parses a multipart form (RFC 7578). Throws if it is not complete. */
export async function parseForm(contentType: string, bytes: Buffer): Promise<FormPart[]> {
  const boundary = parameterOf(contentType, 'boundary');
  if (!boundary) throw invalidForm();
  if (boundary.length > MAX_BOUNDARY_LENGTH) throw formError('', `the boundary of the form must have at most ${MAX_BOUNDARY_LENGTH} characters, got ${boundary.length}`);
  const parts = await rawParts(boundary, withoutPadding(bytes, boundary));
  return parts.map(formPart);
}

/** Removes the blanks that can follow a boundary on its line (RFC 2046). The parser takes them for a header. */
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
      // an error of a listener stops the parser
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
  const disposition = headers && single(headers, 'content-disposition');
  if (!headers || disposition === undefined || !/^form-data\s*(;|$)/i.test(disposition)) throw formError('', UNNAMED);
  const name = parameterOf(disposition, 'name');
  if (!name) throw formError('', UNNAMED);
  const text = utf8(name);
  const type = single(headers, 'content-type', text) ?? 'text/plain';
  return {
    name: text,
    fileName: parameterOf(disposition, 'filename') ?? parameterOf(disposition, 'filename*'),
    mediaType: type.split(';')[0].trim().toLowerCase(),
    charset: parameterOf(type, 'charset')?.trim().toLowerCase(),
    bytes: transferDecoded(Buffer.concat(chunks), single(headers, 'content-transfer-encoding', text), text),
  };
}

const UNNAMED = 'each part of the form must have the header Content-Disposition: form-data; name="..."';

/** Returns the value of a header that a part can have once. */
function single(headers: Headers, header: string, name = ''): string | undefined {
  const [value, ...others] = headers[header] ?? [];
  if (others.length > 0) throw formError(name, `must have one ${header} header, got ${others.length + 1}`);
  return value;
}

/** Bytes as they are, or base64 as old clients send it. */
function transferDecoded(bytes: Buffer, encoding: string | undefined, name: string): Buffer {
  const value = (encoding ?? 'binary').trim().toLowerCase();
  if (['7bit', '8bit', 'binary'].includes(value)) return bytes;
  const text = bytes.toString('latin1').replace(/\s+/g, '');
  if (value === 'base64' && /^[A-Za-z0-9+/]*={0,2}$/.test(text)) return Buffer.from(text, 'base64');
  throw formError(name, 'must be sent without Content-Transfer-Encoding, or as valid base64 with Content-Transfer-Encoding: base64');
}

/** A parameter: a token, or a quoted string with backslash escapes (RFC 9110). */
const PARAMETER = /;\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))/gs;

/** Returns a parameter of a header value. */
export function parameterOf(header: string, name: string): string | undefined {
  for (const [, key, quoted, token] of header.matchAll(PARAMETER)) {
    if (key.toLowerCase() === name) return quoted === undefined ? token : quoted.replace(/\\(.)/gs, '$1');
  }
  return undefined;
}

/** Field names are UTF-8. A name with other bytes is not the name of a field. */
function utf8(latin1: string): string {
  return Buffer.from(latin1, 'latin1').toString('utf8');
}

/** Labels of UTF-16 that contain the order of the bytes. */
const ORDERED_UTF_16 = ['utf-16le', 'utf-16be', 'unicodefeff', 'unicodefffe'];

/** Charsets that differ from the label's meaning in browsers, which `TextDecoder` implements. Throws if a label is unknown. */
function decoderLabel(charset: string, bytes: Buffer): string | undefined {
  if (charset === 'us-ascii' || charset === 'ascii') return bytes.every((byte) => byte < 128) ? 'utf-8' : undefined;
  const { encoding } = new TextDecoder(charset === 'utf16' ? 'utf-16' : charset);
  // stands for bytes of any meaning
  if (encoding === 'x-user-defined') return undefined;
  if (!encoding.startsWith('utf-16')) return encoding;
  const byMark = { fffe: 'utf-16le', feff: 'utf-16be' }[bytes.toString('hex', 0, 2)];
  return byMark ?? (ORDERED_UTF_16.includes(charset) ? encoding : undefined);
}

/**
 * Decodes the text of a part by its charset. Throws if its bytes are not valid in the charset: a model would be charged for a replacement
 * character. `requirement`: the error detail, if the field need not be text.
 */
export function textOf({ name, charset, bytes }: FormPart, defaultCharset: string | undefined, requirement?: string): string {
  const declared = charset ?? defaultCharset;
  try {
    const label = decoderLabel(declared ?? 'utf-8', bytes);
    if (label !== undefined) return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    // an unknown charset, or bytes that are not valid in it
  }
  throw formError(name, requirement ?? (declared === undefined
    ? 'must be text in UTF-8; declare another charset in the Content-Type of the field, for example text/plain; charset=iso-8859-1'
    : `must be text in the charset of the field, ${JSON.stringify(declared.slice(0, 40))}; send UTF-8`));
}

function formError(name: string, detail: string): ApiError {
  return invalidRequest([{ pointer: name && pointerTo(name), detail }]);
}

function invalidForm(): ApiError {
  return formError('', 'the body is not valid multipart/form-data');
}
