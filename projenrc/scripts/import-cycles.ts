// Fails on import cycles in src/, type-only imports included: ESLint's import/no-cycle ignores type-only imports.
// usage: tsx import-cycles.ts [folder]
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as ts from 'typescript';

const root = process.argv[2] ?? 'src';
const files = fs.readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file)).map((file) => path.join(root, file));

/** Returns the files of `root` that a file imports. */
function importsOf(file: string): string[] {
  return ts.preProcessFile(fs.readFileSync(file, 'utf8')).importedFiles.map(({ fileName }) => fileName)
    .filter((name) => name.startsWith('.'))
    .flatMap((name) => {
      const target = path.join(path.dirname(file), name);
      return [`${target}.ts`, `${target}.tsx`, `${target}.d.ts`, path.join(target, 'index.ts')].find((candidate) => files.includes(candidate)) ?? [];
    });
}

/** Finds one cycle for each file that closes one: a depth-first search, in which a file on the current path closes a cycle. */
function findCycles(): string[][] {
  const cycles: string[][] = [];
  const finished = new Set<string>();
  const visit = (file: string, trail: readonly string[]): void => {
    if (trail.includes(file)) cycles.push([...trail.slice(trail.indexOf(file)), file]);
    if (finished.has(file) || trail.includes(file)) return;
    importsOf(file).forEach((imported) => visit(imported, [...trail, file]));
    finished.add(file);
  };
  files.forEach((file) => visit(file, []));
  return cycles;
}

const cycles = findCycles();
cycles.forEach((cycle) => console.error(`import cycle: ${cycle.join(' -> ')}`));
console.log(`${files.length} files, ${cycles.length} import cycles`);
process.exitCode = cycles.length > 0 ? 1 : 0;
