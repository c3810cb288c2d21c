// Bundles the page of ImagePlayground, src/playground, to assets/playground. usage: tsx bundle-playground.ts
import * as fs from 'node:fs';
import * as path from 'node:path';
import { build, type Metafile, type Plugin, transform } from 'esbuild';
import { thirdPartyLicenses } from '../esbuild/third-party-licenses';
import { ICONS, renderIcon } from '../playground/render-icon';

const PAGE = 'src/playground';
const STATIC = path.join(PAGE, 'static');
const OUTPUT = path.join('assets', 'playground');
/** The test compares the sizes in it with the budget. */
const METAFILE = path.join('.local', 'metafiles', 'playground.json');
/** The first versions that have light-dark() and that nest CSS. */
const BROWSERS = ['chrome123', 'firefox120', 'safari17.5'];

/** Styles of a view that is loaded on demand are a text in its script. A style sheet of its own would be one more request before the view is shown. */
const VIEW_STYLES: Plugin = {
  name: 'view-styles',
  setup({ onLoad }) {
    onLoad({ filter: /\.view\.css$/ }, async ({ path: file }) => {
      const { code } = await transform(fs.readFileSync(file, 'utf8'), { loader: 'css', minify: true, target: BROWSERS });
      return { contents: code, loader: 'text' };
    });
  },
};

async function bundle(): Promise<Metafile> {
  const { metafile } = await build({
    entryPoints: [path.join(PAGE, 'main.tsx'), path.join(PAGE, 'styles', 'main.css')],
    outdir: OUTPUT,
    outbase: PAGE,
    // The hash lets CloudFront and browsers cache the files for a year.
    entryNames: 'files/[name]-[hash]',
    chunkNames: 'files/[name]-[hash]',
    bundle: true,
    // A view that is not shown first is a file of its own.
    splitting: true,
    platform: 'browser',
    format: 'esm',
    target: BROWSERS,
    minify: true,
    sourcemap: false,
    charset: 'utf8',
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
    tsconfig: path.join(PAGE, 'tsconfig.json'),
    plugins: [VIEW_STYLES],
  });
  return metafile;
}

/** Returns the URL of the output of an entry point. */
function urlOf(entryPoint: string, { outputs }: Metafile): string {
  const [file] = Object.entries(outputs).find(([, output]) => output.entryPoint === path.posix.join(PAGE, entryPoint))!;
  return `/${path.posix.relative(OUTPUT, file)}`;
}

/** Writes index.html. The scripts that the first one imports are requested with it, not after it. */
function writeIndex(metafile: Metafile): void {
  const script = urlOf('main.tsx', metafile);
  const { imports } = metafile.outputs[path.posix.join(OUTPUT, script)];
  const preloads = imports.filter(({ kind }) => kind === 'import-statement')
    .map(({ path: file }) => `<link rel="modulepreload" href="/${path.posix.relative(OUTPUT, file)}">`);
  const template = fs.readFileSync(path.join(STATIC, 'index.html'), 'utf8');
  const page = template.replace('{{script}}', script).replace('{{style}}', urlOf('styles/main.css', metafile)).replace('{{preloads}}', preloads.join(''));
  fs.writeFileSync(path.join(OUTPUT, 'index.html'), page);
}

async function writeStaticFiles(): Promise<void> {
  for (const name of ['manifest.webmanifest', 'icon.svg']) fs.copyFileSync(path.join(STATIC, name), path.join(OUTPUT, name));
  const svg = fs.readFileSync(path.join(STATIC, 'icon.svg'), 'utf8');
  for (const icon of ICONS) fs.writeFileSync(path.join(OUTPUT, icon.file), await renderIcon(svg, icon));
}

async function main(): Promise<void> {
  fs.rmSync(OUTPUT, { recursive: true, force: true });
  const metafile = await bundle();
  writeIndex(metafile);
  await writeStaticFiles();
  // The icons of Lucide are copied into the source, so that esbuild does not know them.
  const lucide = fs.readFileSync(path.join(STATIC, 'lucide-license.txt'), 'utf8');
  fs.writeFileSync(path.join(OUTPUT, 'THIRD-PARTY-LICENSES.txt'), `${thirdPartyLicenses(metafile)}\n---\n\n${lucide}`);
  fs.mkdirSync(path.dirname(METAFILE), { recursive: true });
  fs.writeFileSync(METAFILE, JSON.stringify(metafile));
  const bytes = Object.values(metafile.outputs).reduce((sum, output) => sum + output.bytes, 0);
  console.log(`playground: ${(bytes / 1024).toFixed(1)} KiB`);
}

void main();
