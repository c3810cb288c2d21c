import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Metafile, Plugin } from 'esbuild';

/**
 * esbuild writes a chunk for each set of modules that the same dynamic imports need, also if the entry point imports them statically. This
 * plugin adds an import of the entry point to each dynamically imported module. All of them then need what is loaded at init, so that it is in
 * one chunk. The entry point is loaded before them, so that the import does nothing at run time. With imports of the small modules in the
 * entry point, the chunk includes them.
 *
 * `draft`: metafile of a build without the plugin.
 */
export function initChunk(entryPoint: string, draft: Metafile): Plugin {
  const added = new Map(dynamicallyImported(draft).map((file) => [file, [entryPoint]]));
  added.set(path.resolve(entryPoint), smallModules(draft));
  return {
    name: 'init-chunk',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, ({ path: file }) => {
        const imports = added.get(file)?.map((each) => `import ${JSON.stringify(path.resolve(each))};`);
        return imports && { contents: [fs.readFileSync(file, 'utf8'), ...imports].join('\n'), loader: 'ts' };
      });
    },
  };
}

function dynamicallyImported({ inputs }: Metafile): string[] {
  const imports = Object.values(inputs).flatMap((input) => input.imports);
  return imports.flatMap(({ kind, path: file, external }) => (kind === 'dynamic-import' && !external ? path.resolve(file) : []));
}

/** A file costs more time than the code in it if it is smaller. */
const SMALL_BYTES = 1024;

/** Returns the modules of shared chunks that are too small for a file. */
function smallModules({ outputs }: Metafile): string[] {
  const atInit = new Set<string>();
  const importsOf = (file: string) => outputs[file].imports.filter(({ kind, external }) => kind === 'import-statement' && !external).map((each) => each.path);
  const load = (file: string) => {
    if (atInit.has(file)) return;
    atInit.add(file);
    importsOf(file).forEach(load);
  };
  load(Object.keys(outputs).find((file) => path.basename(file) === 'index.mjs')!);
  const isSmall = (file: string) => !outputs[file].entryPoint && outputs[file].bytes < SMALL_BYTES;
  let previous: number;
  do {
    previous = atInit.size;
    // modules that they import are then loaded at init, too
    for (const file of Object.keys(outputs)) if (isSmall(file) && importsOf(file).every((each) => atInit.has(each))) atInit.add(file);
  } while (atInit.size > previous);
  return [...atInit].filter(isSmall).flatMap((file) => Object.keys(outputs[file].inputs)).filter((input) => input.endsWith('.ts'));
}
