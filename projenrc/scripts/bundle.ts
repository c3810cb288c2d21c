// Bundles <handlers>/functions/<name>/index.ts to <assets>/<name>/index.mjs and the chunks that it imports. usage: tsx bundle.ts <handlers> <assets> <target>
import * as fs from 'node:fs';
import * as path from 'node:path';
import { build, type BuildOptions, type Plugin } from 'esbuild';
import { builtInModules } from '../esbuild/built-in-modules';
import { chunks } from '../esbuild/chunks';
import { sdkForLambda } from '../esbuild/sdk-for-lambda';
import { thirdPartyLicenses } from '../esbuild/third-party-licenses';

const [handlers, assets, target] = process.argv.slice(2);
/** The metafile of each bundle, which the tests compare with the budget. */
const METAFILES = '.local/metafiles';

function options(entryPoint: string, plugins: readonly Plugin[]): BuildOptions & { metafile: true } {
  return {
    entryPoints: { index: entryPoint },
    outExtension: { '.js': '.mjs' },
    bundle: true,
    // A request loads the chunks of its route only.
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    platform: 'node',
    format: 'esm',
    target,
    minify: true,
    // A source map contains paths of the build machine, which would end up in the package and change the asset hash.
    sourcemap: false,
    charset: 'utf8',
    // ES module builds are a third smaller and start faster than the CommonJS builds that esbuild selects for Node.js by default.
    mainFields: ['module', 'main'],
    legalComments: 'none',
    metafile: true,
    plugins: [sdkForLambda(), builtInModules(), ...plugins],
    logLevel: 'warning',
    tsconfig: path.join(handlers, 'tsconfig.json'),
  };
}

const sources = (names: readonly string[]) => names.map((name) => `${handlers}/${name}.ts`);

/** What `POST /images` imports dynamically, except clients of the SDK, and what only other requests for images import. */
const CREATE_IMAGES = sources(['http/routes/create-images', 'requests/parse-generate', 'models/remote-image-models']);
const IMAGE_REQUESTS = [
  ...CREATE_IMAGES,
  ...sources([
    'http/routes/edit-images', 'http/routes/batches', 'http/openai/openai-generations', 'http/openai/openai-edits', 'http/legacy/create-image',
    'http/legacy/legacy-jobs', 'requests/parse-edit', 'images/mask', 'models/families/sagemaker-stable-diffusion',
  ]),
];

async function bundle(name: string): Promise<void> {
  const outdir = path.join(assets, name);
  const entryPoint = path.join(handlers, 'functions', name, 'index.ts');
  fs.rmSync(outdir, { recursive: true, force: true });
  const { metafile: draft } = await build({ ...options(entryPoint, []), outdir, write: false });
  const plugin = chunks({ entryPoint, draft, together: { first: CREATE_IMAGES, all: IMAGE_REQUESTS } });
  const { metafile } = await build({ ...options(entryPoint, [plugin]), outdir });
  fs.writeFileSync(path.join(outdir, 'THIRD-PARTY-LICENSES.txt'), thirdPartyLicenses(metafile));
  fs.mkdirSync(METAFILES, { recursive: true });
  fs.writeFileSync(path.join(METAFILES, `${name}.json`), JSON.stringify(metafile));
  const bytes = Object.values(metafile.outputs).reduce((sum, output) => sum + output.bytes, 0);
  console.log(`${name}: ${(bytes / 1024).toFixed(1)} KiB`);
}

async function main(): Promise<void> {
  for (const name of fs.readdirSync(path.join(handlers, 'functions'), { withFileTypes: true })) if (name.isDirectory()) await bundle(name.name);
}

void main();
