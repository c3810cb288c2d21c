/** A file of the user: its format by its bytes, its size by the browser's decoder. */
import { type FileInput } from './edit-input';

export interface FileReaderOptions {
  /** Decodes an image. Rejects for a file that is none. */
  readonly decode: (file: Blob) => Promise<{ readonly width: number; readonly height: number }>;
  readonly createUrl: (file: Blob) => string;
}

export interface NamedBlob extends Blob {
  readonly name?: string;
}

/** Returns the file as an input image. Returns undefined if the browser cannot show it. */
export async function readFile(file: NamedBlob, { decode, createUrl }: FileReaderOptions): Promise<FileInput | undefined> {
  const format = formatOf(new Uint8Array(await file.slice(0, 12).arrayBuffer()));
  if (format === undefined) return undefined;
  try {
    const { width, height } = await decode(file);
    return { kind: 'file', name: file.name ?? '', format, blob: file, url: createUrl(file), width, height };
  } catch {
    return undefined;
  }
}

/** Returns the format of the first bytes. Names and types of files are often wrong. */
export function formatOf(bytes: Uint8Array): 'png' | 'jpeg' | 'webp' | undefined {
  const text = String.fromCharCode(...bytes);
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (text.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'webp';
  return undefined;
}
