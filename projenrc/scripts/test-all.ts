// Runs every part of `npm test` in order and prints the duration and result of each, then the totals. usage: tsx test-all.ts [part...]
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

interface Part {
  readonly name: string;
  readonly description: string;
  readonly command: readonly string[];
  /** Whether the part runs Jest and reports the number of its tests. Any other part counts as one test. */
  readonly jest?: boolean;
  /** Whether the other parts depend on this part. If it fails, they do not run. */
  readonly required?: boolean;
}

const task = (name: string): readonly string[] => ['npx', 'projen', name];
const pack = (language: string): readonly string[] => ['npx', 'tsx', 'local/cli/pack.ts', language];
const PARTS: readonly Part[] = [
  { name: 'package:js', description: 'compile validators, type-check and bundle handlers, compile with jsii, create the npm tarball', command: pack('js'), required: true },
  { name: 'post-compile', description: 'render API.md, compile README and docstring snippets', command: task('post-compile') },
  { name: 'unit', description: 'unit and template tests with the minimum CDK version', command: task('test:unit'), jest: true },
  { name: 'package:python', description: 'create the Python wheel', command: pack('python') },
  { name: 'package:java', description: 'create the Java archive', command: pack('java') },
  { name: 'packages', description: 'compile and synthesize the example apps with the packed artifacts', command: task('test:packages'), jest: true },
  { name: 'e2e', description: 'deploy the example apps to the local emulator and send requests', command: task('test:e2e'), jest: true },
  { name: 'cdk-latest', description: 'template tests with the latest CDK version', command: task('test:cdk-latest'), jest: true },
  { name: 'lint', description: 'ESLint', command: task('eslint') },
];

interface Result {
  readonly part: Part;
  readonly seconds: number;
  readonly passed: number;
  readonly failed: number;
}

const RESULTS = path.resolve('.local/test-results');

function run(part: Part): Result {
  console.log(`\n=== ${part.name}: ${part.description}`);
  const report = path.join(RESULTS, `${part.name}.json`);
  fs.rmSync(report, { force: true });
  const [command, ...args] = part.command;
  const start = Date.now();
  const { status } = spawnSync(command, [...args, ...(part.jest ? ['--json', `--outputFile=${report}`] : [])], { stdio: ['ignore', 'inherit', 'inherit'] });
  const seconds = (Date.now() - start) / 1000;
  const counts = part.jest ? jestCounts(report) : { passed: 0, failed: 0 };
  const failedWithoutCount = status !== 0 && counts.failed === 0;
  const ranNoTests = part.jest && counts.passed + counts.failed === 0;
  return {
    part,
    seconds,
    passed: counts.passed + (part.jest || status !== 0 ? 0 : 1),
    failed: counts.failed + (failedWithoutCount || ranNoTests ? 1 : 0),
  };
}

function jestCounts(report: string): { passed: number; failed: number } {
  if (!fs.existsSync(report)) return { passed: 0, failed: 0 };
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(fs.readFileSync(report, 'utf8')) as Record<string, number>;
  return { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites };
}

function main(): void {
  fs.mkdirSync(RESULTS, { recursive: true });
  const selected = process.argv.slice(2);
  const results: Result[] = [];
  for (const part of PARTS.filter(({ name }) => selected.length === 0 || selected.includes(name))) {
    const result = run(part);
    results.push(result);
    if (result.failed > 0 && part.required) break;
  }

  console.log('\npart            seconds   passed   failed');
  for (const { part, seconds, passed, failed } of results) {
    console.log(`${part.name.padEnd(14)} ${seconds.toFixed(1).padStart(8)} ${String(passed).padStart(8)} ${String(failed).padStart(8)}`);
  }
  const sum = (count: 'passed' | 'failed') => results.reduce((total, result) => total + result[count], 0);
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
  process.exitCode = sum('failed') > 0 ? 1 : 0;
}

main();
