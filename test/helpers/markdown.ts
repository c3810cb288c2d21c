import * as fs from 'node:fs';
import * as path from 'node:path';

export const ROOT = path.join(__dirname, '../..');

/** A Markdown page of the repository. */
export interface Page {
  /** Path from the root of the repository. */
  readonly file: string;
  readonly text: string;
}

/** A fenced code block. */
export interface Block {
  /** File and line of the first line of code. */
  readonly at: string;
  readonly language: string;
  readonly code: string;
  /** The name in the paragraph before, if it contains only the name of a file and a colon. */
  readonly file?: string;
}

const GENERATED = ['node_modules', 'cdk.out', 'target'];

/** Returns the given Markdown files and those in the given folders. */
export function readPages(names: readonly string[]): Page[] {
  const files = names.flatMap((name) => {
    if (name.endsWith('.md')) return name;
    const entries = fs.readdirSync(path.join(ROOT, name), { recursive: true, encoding: 'utf8' });
    return entries.filter((entry) => entry.endsWith('.md') && !entry.split(path.sep).some((part) => GENERATED.includes(part))).map((entry) => path.posix.join(name, entry));
  });
  return files.sort().map((file) => ({ file, text: fs.readFileSync(path.join(ROOT, file), 'utf8') }));
}

/** Returns the code blocks of a language, or of all languages. */
export function codeBlocks({ file, text }: Page, only?: string): Block[] {
  return [...text.matchAll(/^( *)```(\w*)[^\n]*\n(.*?)^ *```$/gms)]
    .filter((block) => only === undefined || block[2] === only)
    .map(({ 0: whole, 1: indent, 2: language, 3: code, index }) => ({
      at: `${file}:${text.slice(0, index).split('\n').length + whole.slice(0, whole.indexOf('\n')).split('\n').length}`,
      language,
      code: code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
      file: /(?:^|\n)`([^`\n]+)`:\n+$/.exec(text.slice(0, index))?.[1],
    }));
}

/** Returns the targets of links and images outside of code. */
export function linkTargets({ text }: Page): string[] {
  const prose = withoutCode(text).replaceAll(/`[^`\n]*`/g, '``');
  const patterns = [/\]\(<?([^)>\s]+)>?(?: "[^"]*")?\)/g, /^ *\[[^\]]+\]: *(\S+)/gm, /<(?:a|img|source)\b[^>]*?\b(?:href|src|srcset)="([^"]+)"/g];
  return patterns.flatMap((pattern) => [...prose.matchAll(pattern)].map(([, target]) => target));
}

/** Returns the anchors that GitHub gives to the headings of a page. */
export function anchors(text: string): Set<string> {
  const found = new Set<string>();
  for (const [, heading] of withoutCode(text).matchAll(/^#{1,6} +(.+?) *#*$/gm)) {
    const slug = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase().replaceAll(/[^\p{L}\p{N}\p{M} _-]/gu, '').replaceAll(' ', '-');
    let unique = slug;
    for (let count = 1; found.has(unique); count++) unique = `${slug}-${count}`;
    found.add(unique);
  }
  for (const [, id] of text.matchAll(/<a (?:id|name)="([^"]+)"/g)) found.add(id);
  return found;
}

function withoutCode(text: string): string {
  return text.replaceAll(/^ *```.*?^ *```$/gms, '');
}
