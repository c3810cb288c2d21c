import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Steps } from '../../../local/cli/steps';
import { pythonWith } from '../../../local/install/python-packages';
import { Processes } from '../../../local/processes/processes';

const REQUIREMENTS = path.join(__dirname, 'schemathesis-requirements.txt');

/** Checks that do not hold here, on purpose. */
export const EXCLUDED = [
  // what a model takes stands in GET /models, not in the schema of the request
  'positive_data_acceptance',
  // the gateway answers 404 to a method that it does not know
  'unsupported_method',
];

/** Apps that have all of our routes together, and which of each are looked at. */
export const FUZZED = [
  { app: 'examples/models', operations: 8 },
  { app: 'examples/openai', paths: '^/v1/', operations: 3 },
  { app: 'examples/queued', paths: '^/images', operations: 6 },
] as const;

export interface FuzzOptions {
  /** Of the running API. */
  readonly baseUrl: string;
  readonly apiKey: string;
  /** Random ones for each operation, beside those that the document has and those at the edges of its schemas. */
  readonly examples: number;
  /** A pattern for paths; absent: all. */
  readonly paths?: string;
  /** Absent: another one each time. */
  readonly seed?: number;
}

/** What Schemathesis reports of a run. */
export interface FuzzReport {
  readonly seed: number;
  readonly running_time: number;
  readonly operations: { readonly total: number; readonly tested: number; readonly errored: number };
  readonly phases: Readonly<Record<string, { readonly status: string }>>;
  readonly test_cases: { readonly generated: number; readonly with_failures: number; readonly without_checks: number };
  readonly failures: readonly unknown[];
  readonly errors: readonly unknown[];
  /** What became of valid requests, by operation and phase. */
  readonly valid_rates: Readonly<Record<string, Readonly<Record<string, FuzzRates>>>>;
}

export interface FuzzRates {
  readonly accepted: number;
  readonly rejected: number;
  /** Answered 404. */
  readonly unreachable: number;
}

export interface FuzzResult {
  readonly code: number | null;
  readonly output: string;
  /** Absent where it did not come to it. */
  readonly report?: FuzzReport;
}

/** Lets Schemathesis find out whether an API answers as its own document says. */
export async function fuzz({ baseUrl, apiKey, examples, paths, seed }: FuzzOptions): Promise<FuzzResult> {
  const processes = new Processes();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'fuzz-'));
  const reportFile = path.join(folder, 'report.json');
  try {
    const { code, output } = await processes.run(await install(processes), [
      '-m', 'schemathesis.cli', 'run', `${baseUrl}/openapi.json`, '--header', `x-api-key: ${apiKey}`, '--header', `Authorization: Bearer ${apiKey}`,
      ...(paths === undefined ? [] : ['--include-path-regex', paths]),
      '--checks', 'all', '--exclude-checks', EXCLUDED.join(), '--continue-on-failure',
      '--max-examples', String(examples), ...(seed === undefined ? [] : ['--seed', String(seed)]),
      // nothing remembered of earlier runs, nothing left behind
      '--generation-database', 'none', '--no-color', '--report', 'json', '--report-json-path', reportFile,
    ], { cwd: folder, env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' } });
    return { code, output, ...(fs.existsSync(reportFile) && { report: JSON.parse(fs.readFileSync(reportFile, 'utf8')) as FuzzReport }) };
  } finally {
    await processes.stopAll();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Apart from the emulator, which needs other versions of the same packages; answers the Python program to run it with. */
function install(processes: Processes): Promise<string> {
  return pythonWith({
    name: 'schemathesis',
    title: 'Schemathesis (94 MB)',
    what: 'Schemathesis',
    args: ['--no-deps', '-r', REQUIREMENTS],
    pins: fs.readFileSync(REQUIREMENTS, 'utf8'),
  }, processes, Steps.toLines(() => undefined));
}
