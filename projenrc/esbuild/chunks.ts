import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Metafile, Plugin } from 'esbuild';

export interface ChunkOptions {
  readonly entryPoint: string;
  /** Metafile of a build without the plugin. */
  readonly draft: Metafile;
  /** Dynamically imported files. What the files in `first` need, and no file outside `all`, is in one chunk. */
  readonly together: { readonly first: readonly string[]; readonly all: readonly string[] };
}

/**
 * Makes fewer chunks. esbuild writes a chunk for each set of modules that the same dynamic imports need, and a chunk takes about one
 * millisecond to load. The plugin adds imports to modules: of the entry point and small shared modules to what is loaded at init, which is
 * then one chunk, and of modules that are used together to the dynamic imports that need some of them. An added import does nothing at run
 * time, except that it loads code earlier.
 */
export function chunks({ entryPoint, draft, together }: ChunkOptions): Plugin {
  const graph = new ModuleGraph(draft);
  const firstModules = graph.modulesOf(together.first.filter((file) => graph.dynamic.includes(file)));
  const added = new Map(graph.dynamic.map((file) => [path.resolve(file), [path.resolve(entryPoint)]]));
  added.set(path.resolve(entryPoint), ownFiles(smallModules(draft, firstModules)));
  const all = graph.dynamic.filter((file) => together.all.includes(file));
  const others = graph.modulesOf([entryPoint, ...graph.dynamic.filter((file) => !all.includes(file))]);
  const shared = ownFiles([...firstModules].filter((file) => !others.has(file)));
  for (const file of all) added.get(path.resolve(file))?.push(...shared);
  return {
    name: 'chunks',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, ({ path: file }) => {
        const imports = added.get(file)?.map((each) => `import ${JSON.stringify(each)};`);
        return imports && { contents: [fs.readFileSync(file, 'utf8'), ...imports].join('\n'), loader: 'ts' };
      });
    },
  };
}

/** The imports between the modules of a build. */
class ModuleGraph {
  /** Modules that are dynamically imported. */
  public readonly dynamic: readonly string[];

  constructor(private readonly metafile: Metafile) {
    const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
    this.dynamic = [...new Set(imports.flatMap(({ kind, path: file, external }) => (kind === 'dynamic-import' && !external ? file : [])))];
  }

  /** Returns files and what they import statically, directly or through other modules. */
  public modulesOf(files: readonly string[], found = new Set<string>()): Set<string> {
    for (const file of files) {
      if (found.has(file)) continue;
      found.add(file);
      const imports = this.metafile.inputs[file].imports.filter(({ kind, external }) => kind !== 'dynamic-import' && !external);
      this.modulesOf(imports.map((imported) => imported.path), found);
    }
    return found;
  }
}

/** Returns the files of the project. esbuild ignores an import statement of a package that names nothing, if the package allows it. */
function ownFiles(inputs: readonly string[]): string[] {
  return inputs.filter((input) => input.endsWith('.ts')).map((input) => path.resolve(input));
}

/** A file costs more time than the code in it if it is smaller. */
const SMALL_BYTES = 1024;
/** The same for code that most requests need. */
const SMALL_BYTES_FIRST = 3 * 1024;

/** Returns the modules of shared chunks that are too small for a file. */
function smallModules({ outputs }: Metafile, first: ReadonlySet<string>): string[] {
  const atInit = new Set<string>();
  const importsOf = (file: string) => outputs[file].imports.filter(({ kind, external }) => kind === 'import-statement' && !external).map((each) => each.path);
  const load = (file: string) => {
    if (atInit.has(file)) return;
    atInit.add(file);
    importsOf(file).forEach(load);
  };
  load(Object.keys(outputs).find((file) => path.basename(file) === 'index.mjs')!);
  const isSmall = (file: string) => {
    const { entryPoint, bytes, inputs } = outputs[file];
    return !entryPoint && bytes < (Object.keys(inputs).some((input) => first.has(input)) ? SMALL_BYTES_FIRST : SMALL_BYTES);
  };
  let previous: number;
  do {
    previous = atInit.size;
    // modules that they import are then loaded at init, too
    for (const file of Object.keys(outputs)) if (isSmall(file) && importsOf(file).every((each) => atInit.has(each))) atInit.add(file);
  } while (atInit.size > previous);
  return [...atInit].filter(isSmall).flatMap((file) => Object.keys(outputs[file].inputs));
}
