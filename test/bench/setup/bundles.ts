import * as fs from 'node:fs';
import * as path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type BuildOptions, type Metafile } from 'esbuild';
import { REPOSITORY, STATE } from '../../../local/processes/paths';
import { builtInModules } from '../../../projenrc/esbuild/built-in-modules';
import { sdkForLambda } from '../../../projenrc/esbuild/sdk-for-lambda';

/** The code of a function. */
export interface Bundle {
  /** The file with the handler. */
  readonly file: string;
  /** Bytes that are loaded at init: the entry point and what it imports statically. */
  readonly initBytes: number;
  readonly allBytes: number;
  readonly gzipBytes: number;
  /** Whether the AWS SDK is loaded as well, from the runtime or from node_modules. */
  readonly usesInstalledSdk: boolean;
}

const HANDLERS = path.join(__dirname, '../handlers');
const OUTPUT = path.join(STATE, 'bench', 'handlers');
const REQUIRE = "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);";

/** As the NodejsFunction construct bundles by default, except for what a row changes. */
const DEFAULTS = { bundle: true, platform: 'node', format: 'cjs', target: 'node24', outExtension: { '.js': '.cjs' } } as const satisfies BuildOptions;

/** The leanest that options of esbuild give. */
const LEAN = { ...DEFAULTS, format: 'esm', minify: true, mainFields: ['module', 'main'], outExtension: { '.js': '.mjs' }, banner: { js: REQUIRE } } satisfies BuildOptions;

/** How the handlers for comparison are bundled. */
export const BUILDS = {
  /** The default of NodejsFunction: the AWS SDK is not bundled. */
  external: { ...DEFAULTS, external: ['@aws-sdk/*', '@smithy/*'] },
  /** NodejsFunction with `minify` and the AWS SDK in the bundle. */
  bundled: { ...DEFAULTS, minify: true },
  lean: LEAN,
  /** As the construct is bundled, but in one file. */
  tuned: { ...LEAN, banner: {}, plugins: [sdkForLambda(), builtInModules()] },
} satisfies Readonly<Record<string, BuildOptions>>;

/** Bundles a handler for comparison. */
export async function bundleHandler(name: string, build_: keyof typeof BUILDS): Promise<Bundle> {
  const options: BuildOptions = BUILDS[build_];
  const { metafile } = await build({
    ...options,
    entryPoints: [path.join(HANDLERS, `${name}.ts`)],
    outdir: path.join(OUTPUT, build_),
    absWorkingDir: REPOSITORY,
    metafile: true,
    legalComments: 'none',
    logLevel: 'warning',
  });
  return bundleOf(metafile!, `${path.relative(REPOSITORY, path.join(OUTPUT, build_, name))}${options.outExtension!['.js']}`);
}

/** Returns a bundle of the construct, with esbuild's metafile of the last build. */
export function constructBundle(name: string): Bundle {
  const metafile = JSON.parse(fs.readFileSync(path.join(STATE, 'metafiles', `${name}.json`), 'utf8')) as Metafile;
  return bundleOf(metafile, `assets/${name}/index.mjs`);
}

/** A handler that is one file and not bundled. */
export function plainFile(name: string, usesInstalledSdk = false): Bundle {
  const file = path.join(HANDLERS, name);
  const content = fs.readFileSync(file);
  return { file, initBytes: content.length, allBytes: content.length, gzipBytes: gzipSync(content).length, usesInstalledSdk };
}

function bundleOf({ outputs }: Metafile, entry: string): Bundle {
  const loaded = new Set<string>();
  const load = (file: string) => {
    if (loaded.has(file)) return;
    loaded.add(file);
    for (const { path: imported, kind, external } of outputs[file].imports) if (kind === 'import-statement' && !external) load(imported);
  };
  load(entry);
  const files = Object.keys(outputs);
  return {
    file: path.join(REPOSITORY, entry),
    initBytes: sum([...loaded].map((file) => outputs[file].bytes)),
    allBytes: sum(files.map((file) => outputs[file].bytes)),
    gzipBytes: sum(files.map((file) => gzipSync(fs.readFileSync(path.join(REPOSITORY, file)), { level: 9 }).length)),
    usesInstalledSdk: files.some((file) => outputs[file].imports.some(({ path: imported }) => imported.startsWith('@aws-sdk/'))),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
