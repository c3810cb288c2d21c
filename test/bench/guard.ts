import { type Tools } from './functions/measure';
import { checkRows, MB, measureInterleaved, type Phases } from './measure-rows';
import { compare, type Metric, type Metrics, resultOf } from './report/result';
import { OURS, PLAIN_BUNDLED, type RowFactory } from './rows/create-rows';
import { type Steps } from '../../local/cli/steps';

const RUNS = 5;
const PHASE = [{ label: '1.5 MB', imageBytes: 1.5 * MB, skipped: 5, requests: 12 }];
const PHASES: Phases = { none: PHASE, small: PHASE, all: PHASE };

/** Ceilings of the ratios of our function to the plain SDK function. The measured ratios are 0.76 and 0.73: a busy machine needs the room. */
export const CEILINGS: Metrics = { 'init + first': 1, 'warm 1.5 MB': 1 };

export interface GuardCheck {
  readonly metric: string;
  readonly ratio: number | undefined;
  readonly ceiling: number;
  readonly passed: boolean;
}

/** Compares ratios with their ceilings. A ratio that was not measured fails. */
export function checkCeilings(ratios: Metrics, ceilings = CEILINGS): GuardCheck[] {
  return Object.entries(ceilings).map(([metric, ceiling]) => {
    const ratio = ratios[metric as Metric];
    return { metric, ratio, ceiling, passed: ratio !== undefined && ratio <= ceiling };
  });
}

/** Measures a few processes and compares their CPU time with the ceilings. Returns whether all ratios are below. */
export async function guard(factory: RowFactory, tools: Tools, steps: Steps): Promise<boolean> {
  const rows = await factory.guardedRows();
  const failures = await checkRows(rows, tools, steps, PHASES);
  if (failures.size > 0) return false;
  const measurements = await measureInterleaved(rows, { runs: RUNS, phases: PHASES }, tools, steps);
  // minima, because other programs on the machine add time to some processes
  const [{ ratiosOfMinima: ratios }] = compare([[OURS, PLAIN_BUNDLED]], rows.map((row) => resultOf(row, measurements.get(row.name)!)));
  const checks = checkCeilings(ratios);
  for (const { metric, ratio, ceiling, passed } of checks) {
    steps.line(`  ${passed ? '✓' : '✗'} CPU time of ${metric}: ${ratio?.toFixed(2)} of the plain SDK function, at most ${ceiling}`);
  }
  const count = checks.filter(({ passed }) => passed).length;
  steps.line(`\n${count} passed, ${checks.length - count} failed`);
  return count === checks.length;
}
