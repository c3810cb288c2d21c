import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { type BenchOptions } from './arguments';
import { startFakes } from './functions/fakes';
import { measure, type Measurement, type Tools, type WarmPhase } from './functions/measure';
import { pinProcesses } from './functions/pinning';
import { compare, resultOf, type RowResult } from './report/result';
import { ratioTable, resultTable } from './report/table';
import { BOTO3, EMPTY_NODE, EMPTY_PYTHON, FLOOR, OURS, PLAIN_BUNDLED, PLAIN_EXTERNAL, RowFactory } from './rows/create-rows';
import { type Row, type Scenario } from './rows/row';
import { bundleConstruct } from './setup/bundle-construct';
import { installNodeExecutable, installPythonRuntime } from './setup/install';
import { LocalRunError } from '../../local/cli/local-run-error';
import { type Progress, Steps } from '../../local/cli/steps';
import { displayPath } from '../../local/processes/paths';
import { Processes } from '../../local/processes/processes';

const MB = 1_000_000;
const IMAGE_PHASES: readonly WarmPhase[] = [
  { label: '1.5 MB', imageBytes: 1.5 * MB, skipped: 10, requests: 20 },
  { label: '6 MB', imageBytes: 6 * MB, requests: 6 },
  { label: '12 MB', imageBytes: 12 * MB, requests: 6 },
];
/** The warm requests of a scenario, by the images that it supports. */
const PHASES: Readonly<Record<Scenario['images'], readonly WarmPhase[]>> = {
  none: [{ label: 'no image', imageBytes: 50_000, skipped: 10, requests: 20 }],
  small: IMAGE_PHASES.slice(0, 1),
  all: IMAGE_PHASES,
};

/** Rows whose ratios are reported. */
const COMPARED: readonly (readonly [string, string])[] = [
  [OURS, BOTO3], [OURS, PLAIN_BUNDLED], [OURS, PLAIN_EXTERNAL], [OURS, FLOOR],
  ...['GET /images/{id}', 'GET /images', 'DELETE /images/{id}', 'POST /text'].map((route) => [`api: ${route}`, `small: ${route}`] as const),
];

/** Runs the benchmark, prints the tables and writes the results. Returns whether all rows were correct. */
export async function runBench(options: BenchOptions): Promise<boolean> {
  const steps = new Steps(process.stdout);
  const processes = new Processes();
  try {
    return await measureRows(options, steps, processes);
  } finally {
    await processes.stopAll();
  }
}

async function measureRows(options: BenchOptions, steps: Steps, processes: Processes): Promise<boolean> {
  const [node, python] = [await installNodeExecutable(processes, steps), await installPythonRuntime(processes, steps)];
  await bundleConstruct(processes, steps);
  const pinning = pinProcesses();
  const fakes = await startFakes();
  const tools: Tools = { fakes, pinning };
  const started = new Date();
  try {
    const factory = await steps.run('Synthesizing the construct and writing records', () => RowFactory.create({ node, python }, tools));
    const all = await steps.run('Bundling the functions for comparison', () => factory.rows());
    const rows = all.filter(({ name }) => [EMPTY_NODE, EMPTY_PYTHON].includes(name) || options.only.test(name));
    const failures = await checkRows(rows, tools, steps);
    const correct = rows.filter(({ name }) => !failures.has(name));
    const measurements = await measureInterleaved(correct, options.runs, tools, steps);
    const results = correct.map((row) => resultOf(row, measurements.get(row.name)!));
    report(results, failures, { started, pinning: pinning.description, ...options }, steps);
    return failures.size === 0;
  } finally {
    fakes.stop();
  }
}

/** Runs each row once without measuring it: the results must be correct, and the files are in the page cache afterwards. */
async function checkRows(rows: readonly Row[], tools: Tools, steps: Steps): Promise<Map<string, string>> {
  const failures = new Map<string, string>();
  await steps.run(`Checking the results of ${rows.length} functions`, async (progress) => {
    for (const row of rows) {
      progress(row.name);
      try {
        await measure(row, PHASES[row.scenario.images].map((phase) => ({ ...phase, skipped: 0, requests: 2 })), tools);
      } catch (error) {
        failures.set(row.name, (error as Error).message);
        steps.line(`  ✗ ${row.name}: ${(error as Error).message}`);
      }
    }
  });
  if (failures.size === rows.length) throw new LocalRunError('no function returned a correct result', 'see the errors above');
  return failures;
}

/** Measures the rows in turn, so that the load of the machine affects all of them. */
async function measureInterleaved(rows: readonly Row[], runs: number, tools: Tools, steps: Steps): Promise<Map<string, Measurement[]>> {
  const measurements = new Map<string, Measurement[]>(rows.map(({ name }) => [name, []]));
  await steps.run(`Measuring ${runs} processes of each of ${rows.length} functions`, async (progress) => {
    const start = Date.now();
    for (let run = 0; run < runs; run++) {
      for (const [index, row] of rows.entries()) {
        reportProgress(progress, { done: run * rows.length + index, all: runs * rows.length, start, name: row.name });
        measurements.get(row.name)!.push(await measure(row, PHASES[row.scenario.images], tools));
      }
    }
  });
  return measurements;
}

function reportProgress(progress: Progress, { done, all, start, name }: { done: number; all: number; start: number; name: string }): void {
  const minutesLeft = done === 0 ? '' : `, ${Math.ceil((Date.now() - start) / done * (all - done) / 60_000)} min left`;
  progress(`process ${done + 1} of ${all}${minutesLeft}: ${name}`);
}

interface Circumstances extends BenchOptions {
  readonly started: Date;
  readonly pinning: string;
}

function report(rows: readonly RowResult[], failures: ReadonlyMap<string, string>, circumstances: Circumstances, { line }: Steps): void {
  const { started, pinning, runs, out } = circumstances;
  const ratios = compare(COMPARED, rows);
  const machine = `${os.cpus()[0].model}, ${os.cpus().length} cores, ${pinning}; load ${os.loadavg().map((load) => load.toFixed(1)).join(' ')}`;
  const command = `npm run bench -- ${process.argv.slice(2).join(' ')}`.trim();
  const text = [
    `${started.toISOString()}, ${runs} fresh processes of each row, Node.js 24, ${machine}\n${command}`,
    resultTable(rows), ratioTable(ratios), ...[...failures].map(([name, message]) => `failed: ${name}: ${message.split('\n')[0]}`),
  ].join('\n\n');
  fs.mkdirSync(path.dirname(out), { recursive: true });
  fs.writeFileSync(out, JSON.stringify({ date: started, command, runs, machine, rows, ratios, failures: Object.fromEntries(failures) }, null, 1));
  fs.writeFileSync(out.replace(/(\.json)?$/, '.md'), `${text}\n`);
  line(`\n${text}\n\n${displayPath(out)}`);
}
