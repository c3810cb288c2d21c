// `npm run test:quick`: types, lint of the changed files and the unit tests of the change, at the same time, in about 2 minutes.
// A change is what differs from the upstream branch, or from HEAD where there is none. usage: test-quick.ts [git ref to compare with]
import { execFileSync, spawn } from 'node:child_process';
import * as fs from 'node:fs';

const BUDGET_SECONDS = 90;
/** Test files of one Jest process. The first batch always completes, later ones run within the budget. */
const BATCH = 8;
/** Types and lint of unchanged files are read from here. */
const CACHE = 'node_modules/.cache/test-quick';
const VALIDATORS = 'src/handlers/requests/validators/generate-request.generated.js';

const start = Date.now();
const elapsed = (since = start) => (Date.now() - since) / 1000;
const lines = (text: string) => text.split('\n').filter((line) => line !== '');
const git = (...args: string[]) => lines(execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));

function baseCommit(): string {
  const [ref] = process.argv.slice(2);
  if (ref !== undefined) return git('merge-base', 'HEAD', ref)[0];
  try {
    return git('merge-base', 'HEAD', '@{upstream}')[0];
  } catch {
    return 'HEAD';
  }
}

/** Returns changed and new files that exist. */
function changedFiles(base: string): string[] {
  const files = [...git('diff', '--name-only', '--diff-filter=d', base), ...git('ls-files', '--others', '--exclude-standard')];
  return [...new Set(files)].sort();
}

let failed = false;

/** Runs a command, prints its output when it ends and its duration. Returns false if it reached the timeout. */
async function step(name: string, command: readonly string[], timeoutSeconds = 0): Promise<boolean> {
  const began = Date.now();
  const env = { ...process.env, ESLINT_USE_FLAT_CONFIG: 'false', NODE_NO_WARNINGS: '1' };
  const child = spawn(`node_modules/.bin/${command[0]}`, command.slice(1), { stdio: ['ignore', 'pipe', 'pipe'], env, timeout: Math.ceil(timeoutSeconds * 1000) });
  const output: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => output.push(chunk));
  const [status, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) => child.on('close', (...result) => resolve(result)));
  const result = status === 0 ? 'passed' : signal ? 'stopped' : 'failed';
  failed ||= result === 'failed';
  console.log(`\n=== ${name}: ${result}, ${elapsed(began).toFixed(1)} s\n${Buffer.concat(output).toString().trimEnd()}`);
  return result !== 'stopped';
}

async function checkTypes(changed: readonly string[]): Promise<void> {
  const tsc = (config: string, name: string) => ['tsc', '--noEmit', '-p', config, '--incremental', '--tsBuildInfoFile', `${CACHE}/${name}.tsbuildinfo`];
  await step('types', tsc('tsconfig.dev.json', 'all'));
  if (changed.some(isBundled)) await step('types of the handlers', tsc('src/handlers/tsconfig.json', 'handlers'));
}

async function lint(changed: readonly string[]): Promise<void> {
  const code = changed.filter((file) => /^(src|test|examples|local|projenrc)\/.*\.ts$|^\.projenrc\.ts$/.test(file));
  if (code.length > 0) await step('lint of the changed files', ['eslint', '--cache', '--cache-strategy', 'content', '--cache-location', `${CACHE}/eslint.json`, '--no-error-on-unmatched-pattern', ...code]);
}

/** Whether a file can change a Lambda bundle. */
function isBundled(file: string): boolean {
  return /^src\/(handlers|private\/contract)\//.test(file);
}

/** Returns the test files to run, those near the change first. */
function selectTests(changed: readonly string[]): string[] {
  const sources = changed.filter((file) => /^(src|test|local|projenrc|examples)\/.*\.ts$/.test(file));
  const related = sources.length === 0 ? [] : lines(execFileSync('node_modules/.bin/jest', ['--listTests', '--findRelatedTests', ...sources], { encoding: 'utf8' }));
  const pages = changed.some((file) => /\.(md|dot|svg)$/.test(file)) ? fs.readdirSync('test/docs').map((name) => `test/docs/${name}`) : [];
  const tests = [...related.map((file) => file.replace(`${process.cwd()}/`, '')), ...pages];
  return [...new Set(tests)].sort((a, b) => distance(a, changed) - distance(b, changed));
}

/** Returns how far the mirror of a test file is from the nearest changed file, in path segments. */
function distance(test: string, changed: readonly string[]): number {
  const mirror = test.replace(/^test\/(?=local\/)/, '').replace(/^test\//, 'src/').replace(/\.test\.ts$/, '.ts').split('/');
  return Math.min(...changed.map((file) => {
    if (file === test) return -1;
    const segments = file.split('/');
    const common = segments.findIndex((segment, index) => segment !== mirror[index]);
    return common === -1 ? 0 : segments.length + mirror.length - 2 * common;
  }));
}

/** Returns whether all tests ran. */
async function runTests(tests: readonly string[]): Promise<boolean> {
  for (let done = 0; done < tests.length; done += BATCH) {
    const batch = tests.slice(done, done + BATCH);
    const remaining = done === 0 ? 0 : BUDGET_SECONDS - elapsed();
    const jest = ['jest', '--ci', '--maxWorkers=2', '--runTestsByPath', ...batch];
    if (remaining < 0 || !await step(`test files ${done + 1} to ${done + batch.length} of ${tests.length}`, jest, remaining)) {
      console.log(`\nout of time: ${done} of ${tests.length} test files ran, those near the change first; \`npx projen test:unit\` runs all`);
      return false;
    }
  }
  return true;
}

async function main(): Promise<void> {
  const base = baseCommit();
  const changed = changedFiles(base);
  console.log(changed.length === 0 ? `nothing changed since ${base}` : `${changed.length} files changed since ${base}`);
  fs.mkdirSync(CACHE, { recursive: true });

  const bundled = changed.some(isBundled);
  if (bundled || !fs.existsSync(VALIDATORS)) await step('validators', ['tsx', 'projenrc/scripts/compile-validators.ts']);
  const checks = Promise.all([checkTypes(changed), lint(changed)]);
  const tests = changed.length === 0 ? [] : selectTests(changed);
  if (tests.length > 0 && (bundled || !fs.existsSync('assets'))) await step('bundles', ['tsx', 'projenrc/scripts/bundle.ts', 'src/handlers', 'assets', 'node24']);
  const complete = await runTests(tests);
  await checks;

  console.log(`\n${failed ? 'failed' : complete ? 'passed' : 'passed so far'}, ${elapsed().toFixed(0)} s`);
  process.exitCode = failed ? 1 : 0;
}

void main();
