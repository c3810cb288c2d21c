// Runs every part of `npm test` and prints the duration and result of each, then the totals. usage: tsx test-all.ts [part...]
import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

interface Part {
  readonly name: string;
  readonly description: string;
  readonly command: readonly string[];
  /** Whether the part runs Jest and reports the number of its tests. Any other part counts as one test. */
  readonly jest?: boolean;
}

/** Parts that run one after the other. */
type Lane = readonly Part[];

const task = (name: string): readonly string[] => ['npx', 'projen', name];
const pack = (language: string): readonly string[] => ['npx', 'tsx', 'local/cli/pack.ts', language];

const guard: readonly string[] = ['npx', 'tsx', 'test/bench/run-bench.ts', '--guard'];

/**
 * Each stage waits for the previous one. Its lanes run at the same time, because the parts of the second lane use one core and wait for other
 * programs. The end-to-end tests and the benchmark measure time, so they run alone.
 */
const STAGES: readonly (readonly Lane[])[] = [
  [
    [{ name: 'package:js', description: 'compile validators, type-check and bundle handlers, compile with jsii, create the npm tarball', command: pack('js') }],
  ],
  [
    [{ name: 'unit', description: 'unit and template tests with the minimum CDK version', command: task('test:unit'), jest: true }],
    [
      { name: 'package:python', description: 'create the Python wheel', command: pack('python') },
      { name: 'package:java', description: 'create the Java archive', command: pack('java') },
    ],
  ],
  [
    [{ name: 'cdk-latest', description: 'template tests with the latest CDK version', command: task('test:cdk-latest'), jest: true }],
    [
      { name: 'lint', description: 'ESLint', command: task('eslint') },
      { name: 'post-compile', description: 'render API.md, compile README and docstring snippets', command: task('post-compile') },
      { name: 'packages', description: 'run the commands of the README, compile and synthesize the example apps, with the packed artifacts', command: task('test:packages'), jest: true },
    ],
  ],
  [
    [{ name: 'e2e', description: 'deploy the example apps to the local emulator and send requests', command: task('test:e2e'), jest: true }],
  ],
  [
    [{ name: 'bench', description: 'compare the CPU time of the API function with a plain function for the same job', command: guard }],
  ],
];
/** The part that all other parts depend on. If it fails, they do not run. */
const [[[FIRST]]] = STAGES;

interface Result {
  readonly part: Part;
  readonly seconds: number;
  readonly passed: number;
  readonly failed: number;
}

const RESULTS = path.resolve('.local/test-results');

/** Runs a part. If another lane prints at the same time, the output of the part is printed when the part ends. */
async function run(part: Part, buffered: boolean): Promise<Result> {
  const title = `\n=== ${part.name}: ${part.description}`;
  console.log(buffered ? `\n=== ${part.name} starts; its output follows when it ends` : title);
  const report = path.join(RESULTS, `${part.name}.json`);
  fs.rmSync(report, { force: true });
  const start = Date.now();
  const { status, output } = await execute([...part.command, ...(part.jest ? ['--json', `--outputFile=${report}`] : [])], buffered);
  const seconds = (Date.now() - start) / 1000;
  if (buffered) console.log(`${title}\n${output}`);
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

function execute([command, ...args]: readonly string[], buffered: boolean): Promise<{ readonly status: number | null; readonly output: string }> {
  const child = spawn(command, args, { stdio: ['ignore', buffered ? 'pipe' : 'inherit', buffered ? 'pipe' : 'inherit'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, output }));
  });
}

async function runLane(lane: Lane, buffered: boolean): Promise<Result[]> {
  const results: Result[] = [];
  for (const part of lane) results.push(await run(part, buffered));
  return results;
}

function jestCounts(report: string): { passed: number; failed: number } {
  if (!fs.existsSync(report)) return { passed: 0, failed: 0 };
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(fs.readFileSync(report, 'utf8')) as Record<string, number>;
  return { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites };
}

async function main(): Promise<void> {
  fs.mkdirSync(RESULTS, { recursive: true });
  const selected = process.argv.slice(2);
  const results: Result[] = [];
  for (const stage of STAGES) {
    const lanes = stage.map((lane) => lane.filter(({ name }) => selected.length === 0 || selected.includes(name))).filter(({ length }) => length > 0);
    results.push(...(await Promise.all(lanes.map((lane, index) => runLane(lane, index > 0)))).flat());
    if (results.some(({ part, failed }) => part === FIRST && failed > 0)) break;
  }

  console.log('\npart            seconds   passed   failed');
  for (const { part, seconds, passed, failed } of results) {
    console.log(`${part.name.padEnd(14)} ${seconds.toFixed(1).padStart(8)} ${String(passed).padStart(8)} ${String(failed).padStart(8)}`);
  }
  const sum = (count: 'passed' | 'failed') => results.reduce((total, result) => total + result[count], 0);
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
  process.exitCode = sum('failed') > 0 ? 1 : 0;
}

void main();
