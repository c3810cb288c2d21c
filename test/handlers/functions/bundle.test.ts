import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Metafile } from 'esbuild';
import { CONFIGURATION } from '../../helpers/world';

const ROOT = path.join(__dirname, '../../..');
const BUNDLE = path.join(ROOT, 'assets', 'api', 'index.mjs');
const MODELS_EVENT = { httpMethod: 'GET', resource: '/models', headers: {}, requestContext: { requestId: 'r', path: '/prod/models', identity: { apiKeyId: 'key-a' } } };

interface Invocation {
  readonly result: { readonly statusCode: number; readonly body: string };
  /** Modules inside Node.js that were loaded for the bundle and the request. */
  readonly internalModules: readonly string[];
}

/** Loads the bundle in a separate process, as Lambda does, and invokes its handler. */
function invoke(event: object, configuration: object): Invocation {
  const script = `
    const before = new Set(process.moduleLoadList);
    const { handler } = await import(${JSON.stringify(BUNDLE)});
    const result = await handler(${JSON.stringify(event)}, { getRemainingTimeInMillis: () => 1000 });
    console.log(JSON.stringify({ result, internalModules: process.moduleLoadList.filter((name) => !before.has(name)) }));`;
  const env = { PATH: process.env.PATH, AWS_REGION: 'us-east-1', GENAI_IMAGE_API: JSON.stringify(configuration) };
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  return JSON.parse(output.trim().split('\n').pop()!);
}

describe('the bundle of the API function', () => {
  it('needs the configuration only and responds', () => {
    const { result: { statusCode, body } } = invoke(MODELS_EVENT, CONFIGURATION);
    expect(statusCode).toBe(200);
    expect(JSON.parse(body).models[0].id).toBe('stability.stable-image-core-v1:1');
  });

  // reading a property of a module can load them, which takes as long as the handlers
  it('loads no worker threads, web streams or Web Crypto', () => {
    const { internalModules } = invoke(MODELS_EVENT, CONFIGURATION);
    expect(internalModules).toContain('NativeModule crypto');
    expect(internalModules.filter((name) => /worker|webstreams|webcrypto|undici/.test(name))).toEqual([]);
  });

  it('contains no source map', () => {
    for (const { file } of outputsOf('api')) expect(fs.readFileSync(file, 'utf8')).not.toContain('sourceMappingURL');
  });
});

interface Output {
  readonly file: string;
  readonly bytes: number;
  readonly inputs: readonly string[];
  readonly isLoadedAtInit: boolean;
}

function metafileOf(name: string): Metafile {
  return JSON.parse(fs.readFileSync(path.join(ROOT, '.local/metafiles', `${name}.json`), 'utf8')) as Metafile;
}

/** Returns files of a bundle and what they import statically. */
function withImports({ outputs }: Metafile, files: readonly string[]): Set<string> {
  const loaded = new Set<string>();
  const load = (file: string) => {
    if (loaded.has(file)) return;
    loaded.add(file);
    for (const { path: imported, kind, external } of outputs[file].imports) if (kind === 'import-statement' && !external) load(imported);
  };
  files.forEach(load);
  return loaded;
}

/** Returns the files of a bundle from esbuild's metafile. The entry point and what it imports statically are loaded at init. */
function outputsOf(name: string): Output[] {
  const metafile = metafileOf(name);
  const loaded = withImports(metafile, [`assets/${name}/index.mjs`]);
  return Object.entries(metafile.outputs).map(([file, { bytes, inputs }]) => (
    { file: path.join(ROOT, file), bytes, inputs: Object.keys(inputs), isLoadedAtInit: loaded.has(file) }));
}

function kibibytes(outputs: readonly Output[]): number {
  return outputs.reduce((sum, { bytes }) => sum + bytes, 0) / 1024;
}

// A function loads other code only when a request needs it, because every cold start pays for what is loaded at init.
describe.each([
  ['api', { init: 245, total: 580, gzip: 195, files: 55 }],
  ['worker', { init: 240, total: 435, gzip: 150, files: 30 }],
  ['authorizer', { init: 25, total: 25, gzip: 10, files: 1 }],
  ['key-authorizer', { init: 2, total: 2, gzip: 1, files: 1 }],
])('the bundle %s', (name, budget) => {
  const outputs = outputsOf(name);
  const loadedAtInit = outputs.filter(({ isLoadedAtInit }) => isLoadedAtInit);

  it(`loads at most ${budget.init} KiB at init and has at most ${budget.total} KiB, or ${budget.gzip} KiB with gzip`, () => {
    expect(kibibytes(loadedAtInit)).toBeLessThanOrEqual(budget.init);
    expect(kibibytes(outputs)).toBeLessThanOrEqual(budget.total);
    const gzip = outputs.map(({ file }) => gzipSync(fs.readFileSync(file)).length);
    expect(gzip.reduce((sum, bytes) => sum + bytes, 0) / 1024).toBeLessThanOrEqual(budget.gzip);
  });

  // an import statement of node:http loads the WebSocket client of Node.js 24
  it('has no import statement of a module of Node.js', () => {
    const { outputs: files } = metafileOf(name);
    expect(Object.values(files).flatMap(({ imports }) => imports.filter(({ external }) => external).map(({ path: module }) => module))).toEqual([]);
  });

  it(`loads at most 3 files at init and has at most ${budget.files}`, () => {
    expect(loadedAtInit.length).toBeLessThanOrEqual(3);
    expect(outputs.length).toBeLessThanOrEqual(budget.files);
  });
});

// each file takes about a millisecond of CPU time
it.each([
  ['POST /images', ['http/routes/create-images', 'requests/parse-generate', 'models/remote-image-models', 'models/bedrock', 'adapters/s3/s3-image-store'], 14],
  ['GET /images', ['http/routes/images', 'adapters/s3/s3-image-store'], 4],
])('the first %s loads few files', (_route, entryPoints, limit) => {
  const metafile = metafileOf('api');
  const files = entryPoints.map((name) => Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint === `src/handlers/${name}.ts`)![0]);
  const atInit = withImports(metafile, ['assets/api/index.mjs']);
  expect([...withImports(metafile, files)].filter((file) => !atInit.has(file)).length).toBeLessThanOrEqual(limit);
});

const CLIENTS_ON_DEMAND = ['bedrock-runtime', 'sagemaker-runtime', 's3', 'sqs', 'eventbridge'].map((name) => `@aws-sdk/client-${name}/`);

describe.each([
  ['api', [
    ...CLIENTS_ON_DEMAND, 'pngjs/', '@fastify/busboy/', 'src/private/contract/openapi/', 'src/handlers/requests/validators/',
    'src/handlers/http/openai/openai-edits', 'src/handlers/http/legacy/create-image', 'src/handlers/generation/idempotent-generator',
  ]],
  ['worker', [...CLIENTS_ON_DEMAND, 'pngjs/', 'src/handlers/requests/validators/', 'src/handlers/models/families/']],
])('at init, the function %s does not load', (name, onDemand) => {
  const outputs = outputsOf(name);
  const inputs = outputs.filter(({ isLoadedAtInit }) => isLoadedAtInit).flatMap((output) => output.inputs);

  it.each(onDemand)('%s', (code) => {
    expect(inputs.filter((input) => input.includes(code))).toEqual([]);
    expect(outputs.some((output) => output.inputs.some((input) => input.includes(code)))).toBe(true);
  });
});
