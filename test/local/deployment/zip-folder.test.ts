import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { zipFolder } from '../../../local/deployment/zip-folder';
import { temporaryFolder, writeFiles } from '../../helpers/temporary-files';

const FILES = { 'index.mjs': 'export const handler = () => 1;\n'.repeat(500), 'licences/LICENSE-ä.txt': 'free', 'empty': '' };

describe('zipFolder', () => {
  it('creates an archive that Python reads', () => {
    const folder = temporaryFolder();
    writeFiles(folder, FILES);
    const archive = path.join(temporaryFolder(), 'a.zip');
    fs.writeFileSync(archive, zipFolder(folder));

    const read = 'import json, sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; '
      + 'print(json.dumps({n: z.read(n).decode() for n in z.namelist()}))';
    expect(JSON.parse(execFileSync('python3', ['-c', read, archive], { encoding: 'utf8' }))).toEqual(FILES);
  });

  it('returns equal bytes for equal files, independent of their dates and order', () => {
    const [one, other] = [temporaryFolder(), temporaryFolder()];
    writeFiles(one, FILES);
    writeFiles(other, Object.fromEntries(Object.entries(FILES).reverse()));
    for (const name of Object.keys(FILES)) fs.utimesSync(path.join(other, name), 1, 1);
    expect(zipFolder(one).equals(zipFolder(other))).toBe(true);
  });

  it('returns different bytes for different content or names', () => {
    const contents: Record<string, string>[] = [{ a: '1' }, { a: '2' }, { b: '1' }];
    const archives = contents.map((files) => {
      const folder = temporaryFolder();
      writeFiles(folder, files);
      return zipFolder(folder).toString('hex');
    });
    expect(new Set(archives).size).toBe(3);
  });
});
