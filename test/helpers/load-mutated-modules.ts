// Loads the mutated modules of an area before its tests. The handlers load many modules with the first request: Stryker would run a mutant of a
// constant in such a module with the first test only. It ignores the mutants of modules that are loaded before the tests (`ignoreStatic`).
import * as fs from 'node:fs';
import * as path from 'node:path';

const SOURCES = path.join(__dirname, '../../src/handlers');

function filesOf(glob: string): string[] {
  const folder = path.join(SOURCES, path.dirname(glob.replace('**/', '')));
  if (!glob.includes('*')) return [path.join(SOURCES, glob)];
  return fs.readdirSync(folder, { recursive: glob.includes('**') }).map(String).filter((name) => name.endsWith('.ts')).map((name) => path.join(folder, name));
}

// `require`, because Jest does not wait for `import()` here
const globs = (process.env.MUTATION_SOURCES ?? '').split(' ').filter((glob) => glob !== '' && !glob.startsWith('!'));
for (const file of globs.flatMap(filesOf)) jest.requireActual(file);
