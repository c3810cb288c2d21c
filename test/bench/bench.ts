import { type BenchOptions } from './arguments';
import { startFakes } from './functions/fakes';
import { type Tools } from './functions/measure';
import { pinProcesses } from './functions/pinning';
import { guard } from './guard';
import { checkRows, MB, measureInterleaved } from './measure-rows';
import { measureMemory, type MemoryCase, type MemoryResult } from './memory/measure-memory';
import { writeReport } from './report/report';
import { resultOf } from './report/result';
import { BOTO3, EMPTY_NODE, EMPTY_PYTHON, FLOOR, OURS, PLAIN_BUNDLED, PLAIN_EXTERNAL, RowFactory, type Runtimes, TUNED } from './rows/create-rows';
import { type Row } from './rows/row';
import { bundleConstruct } from './setup/bundle-construct';
import { installNodeExecutable, installPythonRuntime } from './setup/install';
import { measureSynth } from './synth/measure-synth';
import { LocalRunError } from '../../local/cli/local-run-error';
import { Steps } from '../../local/cli/steps';
import { displayPath } from '../../local/processes/paths';
import { Processes } from '../../local/processes/processes';

/** Rows whose ratios are reported. */
const COMPARED: readonly (readonly [string, string])[] = [
  [OURS, BOTO3], [OURS, PLAIN_BUNDLED], [OURS, PLAIN_EXTERNAL], [OURS, TUNED], [OURS, FLOOR], [TUNED, BOTO3], [TUNED, PLAIN_BUNDLED],
  ...['GET /images/{id}', 'GET /images', 'DELETE /images/{id}', 'POST /text'].map((route) => [`api: ${route}`, `small: ${route}`] as const),
];

/** Runs the benchmark or, with `guard`, compares a few processes with the ceilings. Returns whether all results were correct. */
export async function runBench(options: BenchOptions): Promise<boolean> {
  const steps = new Steps(process.stdout);
  if (process.platform !== 'linux') return skip(options, steps);
  const processes = new Processes();
  try {
    const node = await installNodeExecutable(processes, steps);
    if (options.guard) return await withRows({ node }, steps, (factory, tools) => guard(factory, tools, steps));
    const python = await installPythonRuntime(processes, steps);
    await bundleConstruct(processes, steps);
    return await withRows({ node, python }, steps, (factory, tools) => measureAll({ factory, node }, options, tools, steps));
  } finally {
    await processes.stopAll();
  }
}

/** CPU time and memory of a process are read from /proc. */
function skip({ guard: isGuard }: BenchOptions, { line }: Steps): boolean {
  if (!isGuard) throw new LocalRunError('the benchmark needs Linux', 'run it on Linux, or in a container');
  line('not measured: the benchmark needs Linux');
  return true;
}

async function withRows(runtimes: Runtimes, steps: Steps, work: (factory: RowFactory, tools: Tools) => Promise<boolean>): Promise<boolean> {
  const tools: Tools = { pinning: pinProcesses(), fakes: await startFakes() };
  try {
    return await work(await steps.run('Synthesizing the construct and writing records', () => RowFactory.create(runtimes, tools)), tools);
  } finally {
    tools.fakes.stop();
  }
}

interface Measured {
  readonly factory: RowFactory;
  /** Path of the Node.js that runs the functions and the synthesis. */
  readonly node: string;
}

async function measureAll({ factory, node }: Measured, { runs, only, out }: BenchOptions, tools: Tools, steps: Steps): Promise<boolean> {
  const started = new Date();
  const rows = await selectedRows(factory, only, steps);
  const failures = await checkRows(rows, tools, steps);
  const correct = rows.filter(({ name }) => !failures.has(name));
  const measurements = await measureInterleaved(correct, { runs }, tools, steps);
  const results = correct.map((row) => resultOf(row, measurements.get(row.name)!));
  const memory = await measureMemoryCases(memoryCases(factory).filter(({ name }) => only.test(name)), tools, steps);
  const synth = only.test('synth') ? await steps.run('Measuring the synthesis', async (progress) => measureSynth({ runs, node, onProgress: progress })) : [];
  const text = writeReport({ started, runs, pinning: tools.pinning.description, rows: results, memory, synth, failures }, COMPARED, out);
  steps.line(`\n${text}\n\n${displayPath(out)}`);
  return failures.size === 0;
}

/** Returns the rows with these names and, to compare them with, the empty functions. */
async function selectedRows(factory: RowFactory, only: RegExp, steps: Steps): Promise<Row[]> {
  const all = await steps.run('Bundling the functions for comparison', () => factory.rows());
  if (!all.some(({ name }) => only.test(name))) return [];
  return all.filter(({ name }) => only.test(name) || name === EMPTY_NODE || name === EMPTY_PYTHON);
}

/** Memory sizes of Lambda functions in MB. */
const LIMITS = [256, 384, 512, 768, 1024, 1536, 2048, 3008];

function memoryCases(factory: RowFactory): MemoryCase[] {
  const one = factory.construct('memory', 'api', factory.imageScenario());
  const four = factory.construct('memory', 'api', factory.imageScenario(4));
  return [
    { name: 'memory: one image of 12 MB', row: one, imageBytes: 12 * MB, requests: 1, limits: LIMITS },
    { name: 'memory: 50 images of 12 MB, one after the other', row: one, imageBytes: 12 * MB, requests: 50, limits: LIMITS },
    { name: 'memory: four images of 6 MB in parallel (count: 4)', row: four, imageBytes: 6 * MB, requests: 1, limits: LIMITS },
    { name: 'memory: four images of 12 MB in parallel (count: 4)', row: four, imageBytes: 12 * MB, requests: 1, limits: LIMITS },
    { name: 'memory: ten requests for four images of 12 MB (count: 4)', row: four, imageBytes: 12 * MB, requests: 10, limits: LIMITS },
  ];
}

async function measureMemoryCases(cases: readonly MemoryCase[], tools: Tools, steps: Steps): Promise<MemoryResult[]> {
  if (cases.length === 0) return [];
  return steps.run(`Running ${cases.length} cases with limited memory`, async (progress) => {
    const results: MemoryResult[] = [];
    for (const memoryCase of cases) {
      progress(memoryCase.name);
      results.push(await measureMemory(memoryCase, tools));
    }
    return results;
  });
}
