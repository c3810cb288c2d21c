import * as fs from 'node:fs';
import * as path from 'node:path';
import { installPackages } from './npm-packages';
import { Steps } from '../../../local/cli/steps';
import { installPythonPackages } from '../../../local/install/python-packages';
import { Processes } from '../../../local/processes/processes';

const NODE_PACKAGES = ['openapi-typescript@7.13.0', 'openapi-fetch@0.17.0', 'typescript@5.9.3', '@types/node@20.19.25'];
const PYTHON_PACKAGES = ['openapi-python-client==0.26.2', 'ruff==0.13.3', 'mypy==1.18.2', 'types-python-dateutil==2.9.0.20261116'];

const processes = new Processes();
const steps = Steps.toLines((line) => process.stdout.write(`${line}\n`));
const fixture = (name: string) => path.join(__dirname, '../../fixtures/generated-clients', name);

/** A client that a generator made of an OpenAPI document, and a program that uses it. */
export interface GeneratedClient {
  /** Output of the type checker: nothing, if it found no error. */
  readonly typeErrors: string;
  /** Calls the API and returns what the program prints. */
  call(baseUrl: string, apiKey: string): Promise<unknown>;
}

/** Runs a program. The generator for Python runs `ruff` from the folder of its Python. */
function run(program: string, args: readonly string[], cwd: string): Promise<{ code: number | null; output: string }> {
  return processes.run(program, args, { cwd, env: { ...process.env, PATH: `${path.dirname(program)}:${process.env.PATH}` } });
}

async function succeed(program: string, args: readonly string[], cwd: string): Promise<string> {
  const { code, output } = await run(program, args, cwd);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')}: ${output}`);
  return output;
}

/** Generates a TypeScript client with openapi-typescript and openapi-fetch, and type-checks it. */
export async function typeScriptClient(folder: string, document: object): Promise<GeneratedClient> {
  const modules = await installPackages('openapi-typescript', NODE_PACKAGES, processes, steps);
  fs.symlinkSync(path.join(modules, 'node_modules'), path.join(folder, 'node_modules'));
  fs.writeFileSync(path.join(folder, 'openapi.json'), JSON.stringify(document));
  fs.copyFileSync(fixture('client.mts'), path.join(folder, 'client.mts'));
  const bin = (name: string) => path.join(folder, 'node_modules/.bin', name);
  await succeed(bin('openapi-typescript'), ['openapi.json', '-o', 'api.d.ts'], folder);
  const { output } = await run(bin('tsc'), ['--strict', '--module', 'nodenext', '--target', 'es2022', '--types', 'node', 'client.mts'], folder);
  return {
    typeErrors: output.trim(),
    call: async (baseUrl, apiKey) => JSON.parse(await succeed(process.execPath, ['client.mjs', baseUrl, apiKey], folder)),
  };
}

/** Generates a Python client with openapi-python-client, and type-checks it. */
export async function pythonClient(folder: string, document: object): Promise<GeneratedClient> {
  const [pin] = PYTHON_PACKAGES;
  const python = await installPythonPackages(
    { name: 'openapi-python-client', title: pin, description: pin, args: PYTHON_PACKAGES, pins: PYTHON_PACKAGES.join('\n') }, processes, steps);
  fs.writeFileSync(path.join(folder, 'openapi.json'), JSON.stringify(document));
  fs.copyFileSync(fixture('client.py'), path.join(folder, 'client.py'));
  await succeed(python, ['-m', 'openapi_python_client', 'generate', '--path', 'openapi.json', '--meta', 'none', '--output-path', 'image_generation_client'], folder);
  const { output } = await run(python, ['-m', 'mypy', '--strict', 'client.py'], folder);
  return {
    typeErrors: output.replace(/^Success: .*$/m, '').trim(),
    call: async (baseUrl, apiKey) => JSON.parse(await succeed(python, ['client.py', baseUrl, apiKey], folder)),
  };
}
