// The tests of one area of the mutation tests (`npm run check:slow mutation`). In one file they load the handlers once instead of once per file,
// which halves the time of a mutant.
import * as fs from 'node:fs';
import * as path from 'node:path';

const TESTS = path.join(__dirname, '../handlers');
const SUFFIX = '.test.ts';

/** Returns the names of the test files in a folder (with a trailing slash), or the name itself. */
function testFiles(name: string): string[] {
  if (!name.endsWith('/')) return [name];
  const files = fs.readdirSync(path.join(TESTS, name), { recursive: true }).map(String);
  return files.filter((file) => file.endsWith(SUFFIX)).map((file) => name + file.slice(0, -SUFFIX.length));
}

for (const name of (process.env.MUTATION_TESTS ?? '').split(' ').flatMap(testFiles)) {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the hooks of a file apply to its tests only
  describe(name, () => { require(path.join(TESTS, name + SUFFIX)); });
}
