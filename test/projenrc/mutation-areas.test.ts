import * as fs from 'node:fs';
import * as path from 'node:path';
import { MUTATION_AREAS } from '../../projenrc/scripts/mutation-areas';

const ROOT = path.join(__dirname, '../..');
const missing = (folder: string, names: readonly string[]) => names.filter((name) => !fs.existsSync(path.join(ROOT, folder, name)));

describe.each(Object.entries(MUTATION_AREAS))('mutation area %s', (_name, { mutate, tests }) => {
  it('mutates existing files and folders', () => {
    expect(missing('src/handlers', mutate.map((glob) => glob.replace(/^!/, '').replace(/(\*\*\/)?\*\.ts$/, '')))).toEqual([]);
  });

  it('runs existing tests', () => {
    expect(missing('test/handlers', tests.map((name) => (name.endsWith('/') ? name : `${name}.test.ts`)))).toEqual([]);
  });
});
