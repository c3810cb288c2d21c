import { randomUUID } from 'node:crypto';
import { takeImageBuffer, type ImageBuffer } from './image-buffers';

/** A JSON document in which each image, a long base64 string, is replaced by its key in `images`. */
export interface DecodedDocument {
  readonly json: string;
  readonly images: ReadonlyMap<string, Uint8Array>;
}

const [QUOTE, BACKSLASH, HYPHEN, UNDERSCORE] = [0x22, 0x5c, 0x2d, 0x5f];
/** Strings shorter than this stay in the document. Images are longer. */
const MIN_CHARACTERS = 256;
const BASE64 = /^[A-Za-z0-9+/]+$/;
/** The last characters of a string can contain padding. They are decoded when its end is known. */
const TAIL_CHARACTERS = 4;
/** Larger than any response. Limits the memory that is allocated for the `Content-Length` of a response. */
const MAX_ALLOCATION = 32 * 1024 * 1024;
const DEFAULT_ALLOCATION = 2 * 1024 * 1024;

type State = 'outside' | 'start' | 'text' | 'escape' | 'image';

/**
 * Decodes the base64 strings of a JSON document while its bytes arrive, so that the memory of the function holds each image once. A document
 * that is parsed as a whole is in memory as chunks, as buffer, as text, as base64 string and as image, which is more than six times its images.
 *
 * Only strings of base64 characters are decoded. A string with other characters, for example an escaped slash, stays in the document.
 */
export class ImageDecoder {
  private readonly images = new Map<string, Uint8Array>();
  private readonly document: string[] = [];
  private readonly keyPrefix = randomUUID();
  private state: State = 'outside';
  /** The characters of the current string that were read, but neither decoded nor added to the document. */
  private pending = '';
  private output: ImageBuffer = { bytes: Buffer.alloc(0), isReleased: false };
  /** Where the current image starts and ends in `output`. */
  private imageStart = 0;
  private imageEnd = 0;

  /** `expectedBytes`: the length of the document, if it is known. */
  constructor(private readonly expectedBytes?: number) {}

  public write(chunk: Buffer): void {
    for (let offset = 0; offset < chunk.length;) {
      if (this.state === 'outside') offset = this.readOutside(chunk, offset);
      else if (this.state === 'start') offset = this.readStart(chunk, offset);
      else if (this.state === 'text') offset = this.readText(chunk, offset);
      else if (this.state === 'escape') offset = this.readEscape(chunk, offset);
      else offset = this.readImage(chunk, offset);
    }
  }

  public finish(): DecodedDocument {
    // the document ends within an image: JSON.parse reports the missing end
    if (this.state === 'image') this.continueAsText();
    this.document.push(this.pending);
    return { json: new TextDecoder().decode(Buffer.from(this.document.join(''), 'latin1')), images: this.images };
  }

  private readOutside(chunk: Buffer, offset: number): number {
    const quote = chunk.indexOf(QUOTE, offset);
    const end = quote < 0 ? chunk.length : quote + 1;
    this.document.push(chunk.toString('latin1', offset, end));
    if (quote >= 0) this.state = 'start';
    return end;
  }

  /** Reads the first characters of a string, which show whether it is an image. */
  private readStart(chunk: Buffer, offset: number): number {
    const characters = chunk.toString('latin1', offset, offset + MIN_CHARACTERS - this.pending.length);
    const end = characters.search(/["\\]/);
    this.pending += end < 0 ? characters : characters.slice(0, end);
    if (end >= 0) this.continueAsText();
    else if (this.pending.length === MIN_CHARACTERS && BASE64.test(this.pending)) this.state = 'image';
    else if (this.pending.length === MIN_CHARACTERS) this.continueAsText();
    return offset + (end < 0 ? characters.length : end);
  }

  private readText(chunk: Buffer, offset: number): number {
    const quote = indexOf(chunk, QUOTE, offset);
    const backslash = chunk.subarray(0, quote).indexOf(BACKSLASH, offset);
    const end = Math.min((backslash < 0 ? quote : backslash) + 1, chunk.length);
    this.document.push(chunk.toString('latin1', offset, end));
    if (backslash >= 0) this.state = 'escape';
    else if (quote < chunk.length) this.state = 'outside';
    return end;
  }

  /** Reads the character after a backslash, which can be a quote. */
  private readEscape(chunk: Buffer, offset: number): number {
    this.document.push(chunk.toString('latin1', offset, offset + 1));
    this.state = 'text';
    return offset + 1;
  }

  private readImage(chunk: Buffer, offset: number): number {
    const end = indexOf(chunk, QUOTE, offset);
    const isComplete = end < chunk.length;
    const encoded = chunk.subarray(offset, end);
    // characters of URL-safe base64, which is not an image: `Buffer` would decode them
    if (encoded.includes(HYPHEN) || encoded.includes(UNDERSCORE)) return this.continueAsText(offset);
    const available = this.pending.length + encoded.length;
    const decodable = isComplete ? available : wholeGroups(available - TAIL_CHARACTERS);
    // `pending` is decoded together with the characters that complete its last group
    const first = offset + Math.min((4 - this.pending.length % 4) % 4, encoded.length);
    const last = offset + decodable - this.pending.length;
    if (last < first) {
      this.pending += chunk.toString('latin1', offset, end);
      return end;
    }
    if (!this.decode(this.pending + chunk.toString('latin1', offset, first), isComplete && first === last)) return this.continueAsText(offset);
    this.pending = '';
    if (!this.decode(chunk.toString('latin1', first, last), isComplete)) return this.continueAsText(first);
    this.pending = chunk.toString('latin1', last, end);
    return isComplete ? this.endImage(end) : end;
  }

  /** Decodes characters and appends them to the current image. Returns false, without an effect, if they are not base64. */
  private decode(characters: string, isEnd: boolean): boolean {
    const length = decodedLength(characters, isEnd);
    if (length === undefined) return false;
    this.reserve(length);
    // `write` skips characters that are not base64, so that it writes fewer bytes
    if (this.output.bytes.write(characters, this.imageEnd, 'base64') !== length) return false;
    this.imageEnd += length;
    return true;
  }

  /** Makes room for this number of bytes after the current image, which moves to a larger buffer if necessary. */
  private reserve(length: number): void {
    const { output } = this;
    if (output.isReleased) throw new Error('the response arrived after the end of the invocation');
    if (this.imageEnd + length <= output.bytes.length) return;
    const size = output.bytes.length > 0 ? 2 * output.bytes.length : expectedImageLength(this.expectedBytes);
    this.output = takeImageBuffer(Math.max(size, this.imageEnd - this.imageStart + length));
    output.bytes.copy(this.output.bytes, 0, this.imageStart, this.imageEnd);
    [this.imageStart, this.imageEnd] = [0, this.imageEnd - this.imageStart];
  }

  /** Adds the current image to `images`, and its key to the document. Returns the offset after the quote. */
  private endImage(quote: number): number {
    const key = `${this.keyPrefix}-${this.images.size}`;
    this.images.set(key, this.output.bytes.subarray(this.imageStart, this.imageEnd));
    this.imageStart = this.imageEnd;
    this.document.push(key, '"');
    this.state = 'outside';
    return quote + 1;
  }

  /** Moves the current string to the document. Its decoded part consists of whole groups, which have the same characters when they are encoded again. */
  private continueAsText(offset = 0): number {
    this.document.push(this.output.bytes.toString('base64', this.imageStart, this.imageEnd), this.pending);
    this.imageEnd = this.imageStart;
    this.pending = '';
    this.state = 'text';
    return offset;
  }
}

/** Returns the offset of a byte, or the length of the chunk if the byte does not occur. */
function indexOf(chunk: Buffer, byte: number, offset: number): number {
  const index = chunk.indexOf(byte, offset);
  return index < 0 ? chunk.length : index;
}

/** Rounds down to whole groups: four base64 characters encode three bytes. */
function wholeGroups(characters: number): number {
  return characters - characters % 4;
}

/**
 * Returns the number of bytes that base64 characters encode, or undefined if no bytes have an encoding of this length. Only the end of a string
 * can have an incomplete group or padding.
 */
function decodedLength(characters: string, isEnd: boolean): number | undefined {
  const incomplete = characters.length % 4;
  const padding = isEnd ? paddingOf(characters) : 0;
  if (incomplete === 1 || (incomplete > 0 && padding > 0)) return undefined;
  return Math.floor((characters.length - padding) * 3 / 4);
}

function paddingOf(characters: string): number {
  if (!characters.endsWith('=')) return 0;
  return characters.endsWith('==') ? 2 : 1;
}

/** Returns the size of the first buffer for a document of this length. */
function expectedImageLength(documentBytes: number | undefined): number {
  return documentBytes === undefined ? DEFAULT_ALLOCATION : Math.min(Math.ceil(documentBytes * 3 / 4), MAX_ALLOCATION);
}
