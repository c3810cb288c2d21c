import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Steps } from '../../../local/cli/steps';
import { installRequirements } from '../../../local/install/python-packages';
import { Processes } from '../../../local/processes/processes';

const REQUIREMENTS = path.join(__dirname, 'schemathesis-requirements.txt');

/** Checks that do not apply to this API by design. */
export const EXCLUDED_CHECKS = [
  // GET /models describes the parameters of each model; the request schema covers all models.
  'positive_data_acceptance',
  // API Gateway returns 404 for an unsupported method.
  'unsupported_method',
];

/** The example apps that cover all routes, with the paths and the number of operations to fuzz in each. */
export const FUZZED_APPS = [
  { app: 'examples/models', operations: 8 },
  { app: 'examples/openai', paths: '^/v1/', operations: 3 },
  { app: 'examples/queued', paths: '^/images', operations: 6 },
] as const;

export interface FuzzOptions {
  readonly baseUrl: string;
  readonly apiKey: string;
  /** The number of random examples per operation, in addition to document examples and boundary values. */
  readonly examples: number;
  /** A regular expression for paths. The default is all paths. */
  readonly paths?: string;
  /** The default is a random seed. */
  readonly seed?: number;
}

/** The JSON report of a Schemathesis run. */
export interface FuzzReport {
  readonly seed: number;
  readonly running_time: number;
  readonly operations: { readonly total: number; readonly tested: number; readonly errored: number };
  readonly phases: Readonly<Record<string, { readonly status: string }>>;
  readonly test_cases: { readonly generated: number; readonly with_failures: number; readonly without_checks: number };
  readonly failures: readonly unknown[];
  readonly errors: readonly unknown[];
  /** The results of valid requests, by operation and phase. */
  readonly valid_rates: Readonly<Record<string, Readonly<Record<string, FuzzRates>>>>;
}

export interface FuzzRates {
  readonly accepted: number;
  readonly rejected: number;
  /** Requests that returned 404. */
  readonly unreachable: number;
}

export interface FuzzResult {
  readonly code: number | null;
  readonly output: string;
  /** Undefined if Schemathesis did not write a report. */
  readonly report?: FuzzReport;
}

/** Runs Schemathesis, which compares the responses of an API with its OpenAPI document. */
export async function fuzz({ baseUrl, apiKey, examples, paths, seed }: FuzzOptions): Promise<FuzzResult> {
  const processes = new Processes();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'fuzz-'));
  const reportFile = path.join(folder, 'report.json');
  try {
    const { code, output } = await processes.run(await installSchemathesis(processes), [
      '-m', 'schemathesis.cli', 'run', `${baseUrl}/openapi.json`, '--header', `x-api-key: ${apiKey}`, '--header', `Authorization: Bearer ${apiKey}`,
      ...(paths === undefined ? [] : ['--include-path-regex', paths]),
      '--checks', 'all', '--exclude-checks', EXCLUDED_CHECKS.join(), '--continue-on-failure',
      '--max-examples', String(examples), ...(seed === undefined ? [] : ['--seed', String(seed)]),
      // No state of earlier runs, and no files after this run.
      '--generation-database', 'none', '--no-color', '--report', 'json', '--report-json-path', reportFile,
    ], { cwd: folder, env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' } });
    return { code, output, ...(fs.existsSync(reportFile) && { report: JSON.parse(fs.readFileSync(reportFile, 'utf8')) as FuzzReport }) };
  } finally {
    await processes.stopAll();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Installs Schemathesis in its own virtual environment and returns the Python executable. The emulator needs other versions of the same packages. */
function installSchemathesis(processes: Processes): Promise<string> {
  return installRequirements(REQUIREMENTS, {
    name: 'schemathesis',
    title: 'Schemathesis (94 MB)',
    description: 'Schemathesis',
  }, processes, Steps.toLines(() => undefined));
}
