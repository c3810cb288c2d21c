import * as fs from 'node:fs';
import * as path from 'node:path';
import { type Metafile } from 'esbuild';

const LICENSE_FILES = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'LICENCE', 'license'];

/** Returns the license texts of all packages in a bundle, which must be distributed with it. */
export function thirdPartyLicenses(metafile: Metafile): string {
  const packages = new Map<string, string>();
  for (const input of Object.keys(metafile.inputs)) {
    const match = /^(.*node_modules\/((?:@[^/]+\/)?[^/]+))\//.exec(input);
    if (match) packages.set(match[2], match[1]);
  }
  // Many packages share one license text. Each text is written once, under the names of its packages.
  const byText = new Map<string, string[]>();
  for (const [name, folder] of [...packages].sort(([a], [b]) => a.localeCompare(b))) {
    const { version, license } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')) as { version: string; license: string };
    const file = LICENSE_FILES.map((candidate) => path.join(folder, candidate)).find((candidate) => fs.existsSync(candidate));
    const text = file ? fs.readFileSync(file, 'utf8').trim() : '(the package contains no license file)';
    byText.set(text, [...byText.get(text) ?? [], `${name}@${version} (${license})`]);
  }
  return [...byText].map(([text, names]) => `${names.join('\n')}\n\n${text}\n`).join('\n---\n\n');
}
