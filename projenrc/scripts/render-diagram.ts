// `npm run docs:diagram`: renders docs/architecture.svg. With --check, writes nothing and fails if the file is outdated.
import * as fs from 'node:fs';

const SOURCE = 'docs/architecture.dot';
const TARGET = 'docs/architecture.svg';

/** Returns the diagram as SVG. */
async function render(): Promise<string> {
  // an ES module, which a static import of a CommonJS file cannot load
  const { instance } = await import('@viz-js/viz');
  const viz = await instance();
  return viz.renderString(fs.readFileSync(SOURCE, 'utf8'), { format: 'svg' }).replace(/<!--.*?-->\n/gs, '').replace('<svg ', '<svg role="img" ');
}

async function main(): Promise<void> {
  const svg = await render();
  if (!process.argv.includes('--check')) {
    fs.writeFileSync(TARGET, svg);
  } else if (fs.readFileSync(TARGET, 'utf8') !== svg) {
    console.error(`${TARGET} is older than ${SOURCE}; run \`npm run docs:diagram\` and commit the result`);
    process.exitCode = 1;
  }
}

void main();
