import * as fs from 'node:fs';
import * as path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Metafile } from 'esbuild';
import { imageSize } from 'image-size';

const ROOT = path.join(__dirname, '../..');
const PAGE = path.join(ROOT, 'assets/playground');
const { outputs } = JSON.parse(fs.readFileSync(path.join(ROOT, '.local/metafiles/playground.json'), 'utf8')) as Metafile;
const INDEX = fs.readFileSync(path.join(PAGE, 'index.html'), 'utf8');

/** Budgets in KiB with gzip, by the entry point of the part. */
const PART_BUDGETS: Readonly<Record<string, number>> = {
  'src/playground/auth/sign-in.ts': 8,
  'src/playground/views/edit/edit-view.tsx': 17,
  'src/playground/views/after-create.ts': 9,
  'src/playground/views/batch/batch-view.tsx': 7,
};
const FIRST_LOAD_BUDGET = 60;
/** 100 KB. */
const TOTAL_BUDGET = 97.6;

const entryPointOf = (file: string) => outputs[file].entryPoint;
const fileOf = (entryPoint: string) => Object.keys(outputs).find((file) => entryPointOf(file) === entryPoint)!;
const gzipBytes = (file: string) => gzipSync(fs.readFileSync(path.join(ROOT, file)), { level: 9 }).length;
const kibibytes = (files: Iterable<string>) => [...files].reduce((sum, file) => sum + gzipBytes(file), 0) / 1024;

/** Returns a file and those that it imports statically. */
function loadedWith(file: string, loaded = new Set<string>()): Set<string> {
  if (loaded.has(file)) return loaded;
  loaded.add(file);
  for (const { path: imported, kind } of outputs[file].imports) if (kind === 'import-statement') loadedWith(imported, loaded);
  return loaded;
}

describe('the bundle of the page', () => {
  const first = new Set([...loadedWith(fileOf('src/playground/main.tsx')), fileOf('src/playground/styles/main.css')]);

  it(`loads at most ${FIRST_LOAD_BUDGET} KiB at first`, () => {
    expect(kibibytes([...first, 'assets/playground/index.html'])).toBeLessThanOrEqual(FIRST_LOAD_BUDGET);
  });

  it(`has at most ${TOTAL_BUDGET} KiB of scripts and styles`, () => {
    expect(kibibytes(Object.keys(outputs))).toBeLessThanOrEqual(TOTAL_BUDGET);
  });

  it('loads each other part on demand, within its budget', () => {
    const parts = Object.keys(outputs).filter((file) => entryPointOf(file) !== undefined && !first.has(file));
    expect(parts.map(entryPointOf).sort()).toEqual(Object.keys(PART_BUDGETS).sort());
    for (const file of parts) {
      expect(kibibytes([...loadedWith(file)].filter((loaded) => !first.has(loaded)))).toBeLessThanOrEqual(PART_BUDGETS[entryPointOf(file)!]);
    }
  });

  it('contains only code of the page, of the contract, Preact, its signals and oauth4webapi', () => {
    const inputs = Object.values(outputs).flatMap((output) => Object.keys(output.inputs));
    expect(inputs.filter((input) => !/^(src\/playground|src\/private\/contract|.*node_modules\/(preact|@preact\/signals(-core)?|oauth4webapi))\//.test(input))).toEqual([]);
  });

  it('contains no source map and no script or style in the markup', () => {
    for (const file of Object.keys(outputs)) expect(fs.readFileSync(path.join(ROOT, file), 'utf8')).not.toContain('sourceMappingURL');
    expect(INDEX).not.toMatch(/<style|style=|<script(?![^>]* src=)|\son\w+=/);
  });

  it('names existing files only in index.html, with a hash in the names of scripts and styles', () => {
    const names = [...INDEX.matchAll(/(?:href|src)="\/([^"]+)"/g)].map(([, name]) => name);
    expect(names.filter((name) => !fs.existsSync(path.join(PAGE, name)))).toEqual(['config.json']); // the construct writes it
    const hashed = names.filter((name) => /\.(js|css)$/.test(name));
    expect(hashed.filter((name) => !/^files\/[\w-]+-[A-Z0-9]{8}\.(js|css)$/.test(name))).toEqual([]);
    expect(hashed.length).toBeGreaterThanOrEqual(2);
    expect(INDEX).not.toContain('{{');
  });

  it('has icons of the sizes that the manifest names', () => {
    const manifest = JSON.parse(fs.readFileSync(path.join(PAGE, 'manifest.webmanifest'), 'utf8')) as { icons: { src: string; sizes: string }[] };
    const sizes = manifest.icons.map(({ src }) => imageSize(fs.readFileSync(path.join(PAGE, src))));
    expect(sizes.map(({ width, height }) => `${width}x${height}`)).toEqual(manifest.icons.map((icon) => icon.sizes));
    expect(manifest.icons.length).toBe(3);
  });

  it('contains the licenses of all third-party code', () => {
    const licenses = fs.readFileSync(path.join(PAGE, 'THIRD-PARTY-LICENSES.txt'), 'utf8');
    for (const name of ['preact@', '@preact/signals@', '@preact/signals-core@', 'lucide-static@', 'oauth4webapi@']) expect(licenses).toContain(name);
  });
});
