import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { memoryTable } from './memory-table';
import { compare, type RowResult } from './result';
import { ratioTable, resultTable } from './table';
import { type MemoryResult } from '../memory/measure-memory';
import { formatSynth, type SynthRow } from '../synth/measure-synth';

/** The results of a run. */
export interface Report {
  readonly started: Date;
  readonly runs: number;
  /** How processes share the cores. */
  readonly pinning: string;
  readonly rows: readonly RowResult[];
  readonly memory: readonly MemoryResult[];
  readonly synth: readonly SynthRow[];
  /** Errors by the name of the row. */
  readonly failures: ReadonlyMap<string, string>;
}

const NOTES = `CPU times do not include the start of the execution environment, which AWS adds to a cold start, nor TLS: the fakes use HTTP. Over HTTP,
boto3 hashes the body of PutObject in addition to its checksum. The memory section runs Node.js without the heap options of Lambda.`;

/** Writes the results in JSON to a file, and the tables in Markdown beside it. Returns the tables. */
export function writeReport(report: Report, pairs: readonly (readonly [string, string])[], out: string): string {
  const { started, runs, pinning, rows, memory, synth, failures } = report;
  const ratios = compare(pairs, rows);
  const load = os.loadavg().map((average) => average.toFixed(1)).join(' ');
  const machine = `${os.cpus()[0].model}, ${os.cpus().length} cores, ${pinning}; load average at the end ${load}`;
  const command = `npm run bench -- ${process.argv.slice(2).join(' ')}`.trim();
  const text = [
    `${started.toISOString()}, ${runs} fresh processes of each row, Node.js 24, ${machine}\n${command}`,
    ...rows.length > 0 ? [resultTable(rows), ratioTable(ratios)] : [],
    ...memory.length > 0 ? [memoryTable(memory)] : [],
    ...synth.length > 0 ? [formatSynth(synth)] : [],
    NOTES,
    ...[...failures].map(([name, message]) => `failed: ${name}: ${message.split('\n')[0]}`),
  ].join('\n\n');
  fs.mkdirSync(path.dirname(out), { recursive: true });
  const results = { date: started, command, runs, machine, rows, ratios, memory, synth, failures: Object.fromEntries(failures) };
  fs.writeFileSync(out, JSON.stringify(results, null, 1));
  fs.writeFileSync(out.replace(/(\.json)?$/, '.md'), `${text}\n`);
  return text;
}
