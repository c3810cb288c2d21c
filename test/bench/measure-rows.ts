import { measure, type Measurement, type Tools, type WarmPhase } from './functions/measure';
import { type Row, type Scenario } from './rows/row';
import { LocalRunError } from '../../local/cli/local-run-error';
import { type Progress, type Steps } from '../../local/cli/steps';

export const MB = 1_000_000;
const IMAGE_PHASES: readonly WarmPhase[] = [
  { label: '1.5 MB', imageBytes: 1.5 * MB, skipped: 10, requests: 20 },
  { label: '6 MB', imageBytes: 6 * MB, requests: 6 },
  { label: '12 MB', imageBytes: 12 * MB, requests: 6 },
];

/** The warm requests of a scenario, by the images that it supports. */
export type Phases = Readonly<Record<Scenario['images'], readonly WarmPhase[]>>;

const ALL_PHASES: Phases = {
  none: [{ label: 'no image', imageBytes: 50_000, skipped: 10, requests: 20 }],
  small: IMAGE_PHASES.slice(0, 1),
  all: IMAGE_PHASES,
};

/** Runs each row once without measuring it: the results must be correct, and the files are in the page cache afterwards. Returns the errors. */
export async function checkRows(rows: readonly Row[], tools: Tools, steps: Steps, phases = ALL_PHASES): Promise<Map<string, string>> {
  const failures = new Map<string, string>();
  if (rows.length === 0) return failures;
  await steps.run(`Checking the results of ${rows.length} functions`, async (progress) => {
    for (const row of rows) {
      progress(row.name);
      try {
        await measure(row, phases[row.scenario.images].map((phase) => ({ ...phase, skipped: 0, requests: 2 })), tools);
      } catch (error) {
        failures.set(row.name, (error as Error).message);
        steps.line(`  ✗ ${row.name}: ${(error as Error).message}`);
      }
    }
  });
  if (failures.size === rows.length) throw new LocalRunError('no function returned a correct result', 'see the errors above');
  return failures;
}

export interface MeasureOptions {
  /** Number of fresh processes of each row. */
  readonly runs: number;
  readonly phases?: Phases;
}

/** Measures the rows in turn, so that the load of the machine affects all of them. */
export async function measureInterleaved(
  rows: readonly Row[], { runs, phases = ALL_PHASES }: MeasureOptions, tools: Tools, steps: Steps,
): Promise<Map<string, Measurement[]>> {
  const measurements = new Map<string, Measurement[]>(rows.map(({ name }) => [name, []]));
  if (rows.length === 0) return measurements;
  await steps.run(`Measuring ${runs} processes of each of ${rows.length} functions`, async (progress) => {
    const start = Date.now();
    for (let run = 0; run < runs; run++) {
      for (const [index, row] of rows.entries()) {
        reportProgress(progress, { done: run * rows.length + index, all: runs * rows.length, start, name: row.name });
        measurements.get(row.name)!.push(await measure(row, phases[row.scenario.images], tools));
      }
    }
  });
  return measurements;
}

function reportProgress(progress: Progress, { done, all, start, name }: { done: number; all: number; start: number; name: string }): void {
  const minutesLeft = done === 0 ? '' : `, ${Math.ceil((Date.now() - start) / done * (all - done) / 60_000)} min left`;
  progress(`process ${done + 1} of ${all}${minutesLeft}: ${name}`);
}
