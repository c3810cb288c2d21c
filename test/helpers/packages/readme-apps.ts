import * as fs from 'node:fs';
import * as path from 'node:path';
import { REPOSITORY } from '../../../local/processes/paths';

/** Returns the complete app among the README snippets of a language, which is the one that calls `app.synth()`. */
export function readmeApp(language: 'python' | 'java'): string {
  const readme = fs.readFileSync(path.join(REPOSITORY, 'README.md'), 'utf8');
  const snippets = [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(([, snippet]) => snippet);
  const apps = snippets.filter((snippet) => snippet.includes('app.synth()'));
  if (apps.length !== 1) throw new Error(`README.md must contain one complete ${language} app, found ${apps.length}`);
  return apps[0];
}
