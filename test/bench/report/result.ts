import { type Summary, summarize } from './statistics';
import { type Measurement } from '../functions/measure';
import { type Row } from '../rows/row';
import { type Bundle } from '../setup/bundles';

/** Statistics of the processes of a row. CPU times are in milliseconds, memory in MB. */
export interface RowResult {
  readonly name: string;
  readonly empty: string;
  readonly code: Omit<Bundle, 'file'>;
  readonly processes: number;
  readonly init: Summary;
  readonly first: Summary;
  readonly initAndFirst: Summary;
  readonly wallInit: Summary;
  readonly wallFirst: Summary;
  /** By the size of the image. */
  readonly warm: Readonly<Record<string, { readonly cpu: Summary; readonly ms: Summary; readonly peakRss: Summary }>>;
}

export function resultOf({ name, empty, code: { file: _, ...code } }: Row, measurements: readonly Measurement[]): RowResult {
  const of = (value: (measurement: Measurement) => number) => summarize(measurements.map(value));
  const labels = Object.keys(measurements[0].warm);
  return {
    name,
    empty,
    code,
    processes: measurements.length,
    init: of(({ initCpu }) => initCpu),
    first: of(({ firstCpu }) => firstCpu),
    initAndFirst: of(({ initCpu, firstCpu }) => initCpu + firstCpu),
    wallInit: of(({ initMs }) => initMs),
    wallFirst: of(({ firstMs }) => firstMs),
    warm: Object.fromEntries(labels.map((label) => [label, {
      cpu: of(({ warm }) => warm[label].cpu),
      ms: summarize(measurements.flatMap(({ warm }) => warm[label].ms)),
      peakRss: of(({ warm }) => warm[label].peakRss),
    }])),
  };
}

/** What two rows are compared by. */
export const METRICS = ['init', 'init over empty', 'init + first', 'init + first over empty', 'warm 1.5 MB', 'warm 6 MB', 'warm 12 MB', 'warm no image', 'RSS', 'RSS over empty'] as const;
export type Metric = typeof METRICS[number];

export type Metrics = Readonly<Partial<Record<Metric, number>>>;

/** Returns the medians of a row by metric, or the minima. Metrics that the row or its empty function does not have are absent. */
export function metricsOf(row: RowResult, rows: readonly RowResult[], statistic: 'median' | 'min' = 'median'): Metrics {
  const empty = rows.find(({ name }) => name === row.empty);
  const lastPhase = Object.values(row.warm).at(-1)!;
  const emptyRss = empty && Object.values(empty.warm).at(-1)!.peakRss[statistic];
  const imagePhases = Object.entries(row.warm).map(([label, { cpu }]) => [`warm ${label}`, cpu[statistic]] as const);
  return {
    'init': row.init[statistic],
    'init + first': row.initAndFirst[statistic],
    'RSS': lastPhase.peakRss[statistic],
    ...Object.fromEntries(imagePhases),
    ...(empty && {
      'init over empty': row.init[statistic] - empty.init[statistic],
      'init + first over empty': row.initAndFirst[statistic] - empty.initAndFirst[statistic],
      'RSS over empty': lastPhase.peakRss[statistic] - emptyRss!,
    }),
  };
}

/** The ratios of a row to another one, by metric. */
export interface Comparison {
  readonly row: string;
  readonly to: string;
  readonly ratios: Metrics;
  /** Ratios of the minima, which the load of the machine changes less. */
  readonly ratiosOfMinima: Metrics;
}

/** Compares the rows of each pair that was measured. */
export function compare(pairs: readonly (readonly [string, string])[], rows: readonly RowResult[]): Comparison[] {
  return pairs.flatMap(([name, other]) => {
    const [row, to] = [name, other].map((wanted) => rows.find((each) => each.name === wanted));
    if (!row || !to) return [];
    const [ratios, ratiosOfMinima] = (['median', 'min'] as const).map((statistic) => (
      ratiosOf(metricsOf(row, rows, statistic), metricsOf(to, rows, statistic))));
    return [{ row: name, to: other, ratios, ratiosOfMinima }];
  });
}

function ratiosOf(own: Metrics, others: Metrics): Metrics {
  return Object.fromEntries(METRICS.flatMap((metric) => {
    const [a, b] = [own[metric], others[metric]];
    return a === undefined || b === undefined ? [] : [[metric, a / b] as const];
  }));
}
