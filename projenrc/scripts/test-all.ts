// `npm test`: every part in order, each with its time, and one sum at the end. usage: tsx test-all.ts [part...]
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

interface Part {
  readonly name: string;
  readonly what: string;
  readonly command: readonly string[];
  /** Jest writes how many tests it ran; any other part counts as one. */
  readonly jest?: boolean;
  /** Nothing after it makes sense if it fails. */
  readonly required?: boolean;
}

const task = (name: string): readonly string[] => ['npx', 'projen', name];
const pack = (language: string): readonly string[] => ['npx', 'tsx', 'local/pack.ts', language];
const PARTS: readonly Part[] = [
  { name: 'package:js', what: 'validators, handlers type-checked and bundled, jsii, npm tarball', command: pack('js'), required: true },
  { name: 'post-compile', what: 'API.md, README and docstring snippets', command: task('post-compile') },
  { name: 'unit', what: 'unit and template tests at the CDK floor, coverage', command: task('test:unit'), jest: true },
  { name: 'package:python', what: 'Python wheel', command: pack('python') },
  { name: 'package:java', what: 'Java archive', command: pack('java') },
  { name: 'packages', what: 'example apps on the packed artifacts', command: task('test:packages'), jest: true },
  { name: 'e2e', what: 'the real templates on the local emulator', command: task('test:e2e'), jest: true },
  { name: 'cdk-latest', what: 'template tests at the newest CDK', command: task('test:cdk-latest'), jest: true },
  { name: 'lint', what: 'ESLint', command: task('eslint') },
];

interface Result {
  readonly part: Part;
  readonly seconds: number;
  readonly passed: number;
  readonly failed: number;
}

const RESULTS = path.resolve('.local/test-results');

function run(part: Part): Result {
  console.log(`\n=== ${part.name}: ${part.what}`);
  const report = path.join(RESULTS, `${part.name}.json`);
  fs.rmSync(report, { force: true });
  const [command, ...args] = part.command;
  const start = Date.now();
  const { status } = spawnSync(command, [...args, ...(part.jest ? ['--json', `--outputFile=${report}`] : [])], { stdio: ['ignore', 'inherit', 'inherit'] });
  const seconds = (Date.now() - start) / 1000;
  const counts = part.jest ? jestCounts(report) : { passed: 0, failed: 0 };
  const failedOtherwise = status !== 0 && counts.failed === 0;
  const none = part.jest && counts.passed + counts.failed === 0;
  return {
    part,
    seconds,
    passed: counts.passed + (part.jest || status !== 0 ? 0 : 1),
    failed: counts.failed + (failedOtherwise || none ? 1 : 0),
  };
}

function jestCounts(report: string): { passed: number; failed: number } {
  if (!fs.existsSync(report)) return { passed: 0, failed: 0 };
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(fs.readFileSync(report, 'utf8')) as Record<string, number>;
  return { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites };
}

function main(): void {
  fs.mkdirSync(RESULTS, { recursive: true });
  const wanted = process.argv.slice(2);
  const results: Result[] = [];
  for (const part of PARTS.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
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
