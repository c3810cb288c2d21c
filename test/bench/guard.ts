import { type Tools, type WarmPhase } from './functions/measure';
import { checkRows, MB, measureInterleaved, type Phases } from './measure-rows';
import { compare, type Metric, type Metrics, metricsOf, resultOf } from './report/result';
import { OURS, PLAIN_BUNDLED, type RowFactory } from './rows/create-rows';
import { type Steps } from '../../local/cli/steps';

const RUNS = 5;
const CPU_PHASE: WarmPhase = { label: '1.5 MB', imageBytes: 1.5 * MB, skipped: 5, requests: 12 };
/** Images of several sizes, because those before an image of 12 MB leave garbage and buffers. */
const MEMORY_PHASES: readonly WarmPhase[] = [6, 12].map((size) => ({ label: `${size} MB`, imageBytes: size * MB, requests: 6 }));
const PHASES: Phases = { none: [CPU_PHASE], small: [CPU_PHASE], all: [CPU_PHASE, ...MEMORY_PHASES] };

/** Ceilings of the ratios of our function to the plain SDK function. The measured ratios are 0.76 and 0.73: a busy machine needs the room. */
export const RATIO_CEILINGS: Metrics = { 'init + first': 1, 'warm 1.5 MB': 1 };
/** In MB. Other programs on the machine do not change the memory of a process. */
export const MEMORY_CEILINGS: Metrics = { 'RSS over empty': 60 };

export interface GuardCheck {
  readonly metric: string;
  readonly value: number | undefined;
  readonly ceiling: number;
  readonly passed: boolean;
}

/** Compares metrics with their ceilings. A metric that was not measured fails. */
export function checkCeilings(metrics: Metrics, ceilings: Metrics): GuardCheck[] {
  return Object.entries(ceilings).map(([metric, ceiling]) => {
    const value = metrics[metric as Metric];
    return { metric, value, ceiling, passed: value !== undefined && value <= ceiling };
  });
}

/** Measures a few processes and compares their CPU time and memory with the ceilings. Returns whether all are below. */
export async function guard(factory: RowFactory, tools: Tools, steps: Steps): Promise<boolean> {
  const rows = await factory.guardedRows();
  const failures = await checkRows(rows, tools, steps, PHASES);
  if (failures.size > 0) return false;
  const measurements = await measureInterleaved(rows, { runs: RUNS, phases: PHASES }, tools, steps);
  const results = rows.map((row) => resultOf(row, measurements.get(row.name)!));
  // minima, because other programs on the machine add time to some processes
  const [{ ratiosOfMinima: ratios }] = compare([[OURS, PLAIN_BUNDLED]], results);
  const cpu = checkCeilings(ratios, RATIO_CEILINGS);
  const memory = checkCeilings(metricsOf(results.find(({ name }) => name === OURS)!, results), MEMORY_CEILINGS);
  for (const check of cpu) steps.line(`  ${mark(check)} CPU time of ${check.metric}: ${check.value?.toFixed(2)} of the plain SDK function, at most ${check.ceiling}`);
  for (const check of memory) steps.line(`  ${mark(check)} ${check.metric} with an image of 12 MB: ${check.value?.toFixed(0)} MB, at most ${check.ceiling} MB`);
  const checks = [...cpu, ...memory];
  const count = checks.filter(({ passed }) => passed).length;
  steps.line(`\n${count} passed, ${checks.length - count} failed`);
  return count === checks.length;
}

function mark({ passed }: GuardCheck): string {
  return passed ? '✓' : '✗';
}
