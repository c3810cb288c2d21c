import * as fs from 'node:fs';
import * as path from 'node:path';
import { PLAYGROUND_CACHE_CONTROL, PLAYGROUND_HASHED_EXTENSIONS } from '../../src/private/contract/playground';

export interface PageFile {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};

/** Reads a file of the page. Returns `undefined` if it does not exist. */
export function readPageFile(root: string, uri: string): PageFile | undefined {
  const file = resolveFile(root, uri === '/' ? '/index.html' : uri);
  if (file === undefined || !fs.statSync(file, { throwIfNoEntry: false })?.isFile()) return undefined;
  return pageFile(path.extname(file), fs.readFileSync(file));
}

/** Adds the headers that the bucket of the page stores with a file. */
export function pageFile(extension: string, body: Buffer): PageFile {
  const isHashed = PLAYGROUND_HASHED_EXTENSIONS.some((hashed) => hashed === extension);
  return {
    body,
    headers: {
      'Content-Type': CONTENT_TYPES[extension] ?? 'application/octet-stream',
      'Cache-Control': isHashed ? PLAYGROUND_CACHE_CONTROL.hashed : PLAYGROUND_CACHE_CONTROL.other,
    },
  };
}

/** Returns `undefined` for a path outside of the folder. */
function resolveFile(root: string, uri: string): string | undefined {
  let decoded;
  try {
    decoded = decodeURIComponent(uri);
  } catch {
    return undefined;
  }
  const file = path.join(root, decoded);
  return !decoded.includes('\0') && file.startsWith(path.join(root, path.sep)) ? file : undefined;
}
