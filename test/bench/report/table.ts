import { type Comparison, METRICS, metricsOf, type RowResult } from './result';
import { type Summary } from './statistics';

/** Returns a Markdown table with padded columns, which is also readable as text. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column].length)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join(' | ')} |`;
  const rule = `|${widths.map((width, column) => (column === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  return [line(header), rule, ...rows.map(line)].join('\n');
}

const ABSENT = '';

/** Returns minimum / median / maximum. */
export function summary(value: Summary | undefined, digits = 0): string {
  return value ? [value.min, value.median, value.max].map((each) => each.toFixed(digits)).join(' / ') : ABSENT;
}

function over(value: number | undefined): string {
  return value === undefined ? ABSENT : `${value < 0 ? '' : '+'}${value.toFixed(0)}`;
}

function kib(bytes: number, { usesInstalledSdk }: RowResult['code']): string {
  return `${(bytes / 1024).toFixed(0)}${usesInstalledSdk ? '*' : ''}`;
}

/** The table of all rows: minimum / median / maximum, and medians over the empty function of the same runtime. */
export function resultTable(rows: readonly RowResult[]): string {
  const header = [
    'CPU ms, min / median / max', 'init', 'over empty', 'init + first request', 'over empty', 'warm, 1.5 MB or none', '6 MB', '12 MB', 'peak RSS MB', 'over empty',
    'KiB at init', 'in all', 'gzip',
  ];
  const text = table(header, rows.map((row) => {
    const metrics = metricsOf(row, rows);
    const [firstPhase] = Object.values(row.warm);
    return [
      row.name, summary(row.init), over(metrics['init over empty']), summary(row.initAndFirst), over(metrics['init + first over empty']),
      summary(firstPhase.cpu, 1), summary(row.warm['6 MB']?.cpu), summary(row.warm['12 MB']?.cpu),
      summary(Object.values(row.warm).at(-1)!.peakRss), over(metrics['RSS over empty']),
      kib(row.code.initBytes, row.code), kib(row.code.allBytes, row.code), kib(row.code.gzipBytes, row.code),
    ];
  }));
  return `${text}\n\n* and the AWS SDK, which the runtime or node_modules contains`;
}

/** The table of ratios of medians and, in parentheses, of minima. */
export function ratioTable(comparisons: readonly Comparison[]): string {
  return table(['ratio of medians (of minima)', ...METRICS], comparisons.map(({ row, to, ratios, ratiosOfMinima }) => [
    `${row} : ${to}`,
    ...METRICS.map((metric) => (ratios[metric] === undefined ? ABSENT : `${ratios[metric].toFixed(2)} (${ratiosOfMinima[metric]?.toFixed(2)})`)),
  ]));
}
