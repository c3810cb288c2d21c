// Measures the synthesis of a stack with the construct, compared with the same resources in plain L2 constructs.
// usage: tsx measure-synth.ts [runs] [path of node]; with the latest CDK in .compat, after `npx projen test:cdk-latest`
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { compileStacks } from './compile';
import { type MeasuredProcess } from './measured-process';
import { type Side, SIDES, type StackName, STACKS } from './stacks';
import { summarize, type Summary } from '../report/statistics';
import { summary, table } from '../report/table';

const ROOT = path.join(__dirname, '..', '..', '..');
const OUTDIR = path.join(ROOT, '.local', 'bench-synth');
const DEFAULT_RUNS = 9;

/** CPU time in milliseconds, user and system, of one side of a comparison. */
export interface SynthSide {
  /** After loading `aws-cdk-lib`. */
  readonly part: Summary;
  /** The whole process. */
  readonly total: Summary;
  readonly templateBytes: number;
}

export interface SynthRow {
  readonly stack: StackName;
  readonly construct: SynthSide;
  readonly plain: SynthSide;
  /** Construct to plain: medians of CPU time, and bytes of templates. */
  readonly ratios: { readonly part: number; readonly total: number; readonly templateBytes: number };
}

export interface MeasureSynthOptions {
  /** Processes of each side. */
  readonly runs?: number;
  /** Path of the Node.js to measure. Default: the one that runs this program. */
  readonly node?: string;
  readonly onProgress?: (message: string) => void;
}

/** Synthesizes the stacks in fresh processes, both sides in turn, after one process of each that fills the caches of the operating system. */
export function measureSynth({ runs = DEFAULT_RUNS, node, onProgress = () => {} }: MeasureSynthOptions = {}): SynthRow[] {
  onProgress('synth: compiling');
  const compiled = compileStacks(ROOT, OUTDIR);
  const stacks = Object.keys(STACKS) as StackName[];
  const measured = new Map<string, MeasuredProcess[]>();
  for (let run = 0; run <= runs; run++) {
    onProgress(run === 0 ? 'synth: warming up' : `synth: run ${run} of ${runs}`);
    for (const stack of stacks) {
      // in changing order
      for (const side of run % 2 === 0 ? SIDES : [...SIDES].reverse()) {
        const result = synthesize(compiled, STACKS[stack][side], node);
        const key = `${stack} ${side}`;
        if (run > 0) measured.set(key, [...measured.get(key) ?? [], result]);
      }
    }
  }
  return stacks.map((stack) => {
    const side = (name: Side) => sideOf(measured.get(`${stack} ${name}`)!);
    return toRow(stack, side('construct'), side('plain'));
  });
}

/** Synthesizes a stack of the compiled folder in a fresh process. */
export function synthesize(compiled: string, module: string, node = process.execPath): MeasuredProcess {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), `bench-synth-${process.pid}-`));
  try {
    const args = [path.join(compiled, 'measured-process.js'), path.join(compiled, module), outdir];
    // the latest CDK validates templates, which takes more time than the rest of the synthesis
    const env = { ...process.env, CDK_VALIDATION: 'false', NODE_OPTIONS: '' };
    return JSON.parse(execFileSync(node, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], env })) as MeasuredProcess;
  } finally {
    fs.rmSync(outdir, { recursive: true });
  }
}

function sideOf(measured: readonly MeasuredProcess[]): SynthSide {
  const cpu = (name: 'part' | 'total') => summarize(measured.map((process) => process[name]));
  return { part: cpu('part'), total: cpu('total'), templateBytes: measured[0].templateBytes };
}

function toRow(stack: StackName, construct: SynthSide, plain: SynthSide): SynthRow {
  const median = (name: 'part' | 'total') => construct[name].median / plain[name].median;
  return { stack, construct, plain, ratios: { part: median('part'), total: median('total'), templateBytes: construct.templateBytes / plain.templateBytes } };
}

/** Returns the rows as a table: CPU time as minimum / median / maximum in milliseconds. */
export function formatSynth(rows: readonly SynthRow[]): string {
  const header = ['Synthesis', 'side', 'part after loading aws-cdk-lib, CPU ms', 'process, CPU ms', 'template bytes'];
  return table(header, rows.flatMap(({ stack, construct, plain, ratios }) => [
    ...Object.entries({ construct, plain }).map(([side, { part, total, templateBytes }]) => (
      [stack, side, summary(part), summary(total), String(templateBytes)])),
    [stack, 'ratio of medians', ...[ratios.part, ratios.total, ratios.templateBytes].map((ratio) => `${ratio.toFixed(2)}x`)],
  ]));
}

if (require.main === module) {
  const [, , runs = DEFAULT_RUNS, node = process.execPath] = process.argv;
  const { version } = JSON.parse(fs.readFileSync(path.join(ROOT, 'node_modules/aws-cdk-lib/package.json'), 'utf8')) as { readonly version: string };
  const load = () => os.loadavg().map((value) => value.toFixed(1)).join(' ');
  console.log(`aws-cdk-lib ${version}, Node.js ${execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()}, load average ${load()}`);
  console.log(formatSynth(measureSynth({ runs: Number(runs), node, onProgress: (message) => console.error(message) })));
  console.log(`load average ${load()}`);
}
