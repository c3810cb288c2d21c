import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { LocalRunError } from '../../local/cli/local-run-error';
import { STATE } from '../../local/processes/paths';

export interface BenchOptions {
  /** Number of fresh processes of each row. */
  readonly runs: number;
  /** Rows to measure, besides the empty functions. */
  readonly only: RegExp;
  /** Path of the results in JSON. The tables are written beside it. */
  readonly out: string;
  /** Whether to compare a few processes with the ceilings, instead of a measurement. */
  readonly guard: boolean;
}

const DEFAULT_RUNS = 12;
export const USAGE = `npm run bench -- [options]     measures init, first and warm requests of the functions and of functions for comparison
  --runs N             fresh processes of each row                      (default: ${DEFAULT_RUNS})
  --only REGEX         names of rows                                    (default: all)
  --out FILE           results in JSON           (default: .local/bench/<date>.json)
  --guard              compares five processes with the ceilings, in less than a minute`;

/** Parses the arguments of `npm run bench`. Returns `undefined` for `--help`. */
export function parseBenchArguments(argv: readonly string[], now = new Date()): BenchOptions | undefined {
  const { help, runs, only, out, guard } = parse(argv);
  if (help) {
    console.log(USAGE);
    return undefined;
  }
  if (!/^[1-9]\d{0,3}$/.test(runs)) throw new LocalRunError(`--runs must be a whole number from 1 to 9999, got '${runs}'`, 'for example --runs 3');
  const name = now.toISOString().slice(0, 16).replace(/[:]/g, '');
  return { runs: Number(runs), only: regex(only), out: out ?? path.join(STATE, 'bench', `${name}.json`), guard };
}

function regex(text: string): RegExp {
  try {
    return new RegExp(text);
  } catch {
    throw new LocalRunError(`--only must be a regular expression, got '${text}'`, "for example --only 'POST /images'");
  }
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        help: { type: 'boolean', short: 'h', default: false },
        runs: { type: 'string', default: String(DEFAULT_RUNS) },
        only: { type: 'string', default: '' },
        out: { type: 'string' },
        guard: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new LocalRunError((error as Error).message.split(/[.\n] ?/)[0], `use these options:\n${USAGE}`);
  }
}
