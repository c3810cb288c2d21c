import * as path from 'node:path';
import { downloadError, lastLines, LocalRunError } from '../cli/local-run-error';
import { type Progress } from '../cli/steps';
import { type Processes } from '../processes/processes';

/** The minimum version of MiniStack. */
const MIN_VERSION: readonly [number, number] = [3, 10];

/** Candidates in order of preference. The versioned names are used if `python3` is too old. */
const CANDIDATES = ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python'];

const PROBE = [
  'import importlib.util as u, json, sys',
  'print(json.dumps({"version": list(sys.version_info[:3]), "program": sys.executable,',
  '  "venv": bool(u.find_spec("venv") and u.find_spec("ensurepip"))}))',
].join('\n');

export interface Python {
  readonly program: string;
  readonly version: readonly number[];
  /** Whether it can create virtual environments. Debian and Ubuntu provide this in a separate package. */
  readonly venv: boolean;
}

/** Returns the first Python on the PATH that can run the emulator. */
export async function findPython(processes: Processes, env: NodeJS.ProcessEnv = process.env): Promise<Python> {
  const found: Python[] = [];
  for (const candidate of CANDIDATES) {
    const python = await probe(processes, candidate, env);
    if (python && isNewEnough(python) && python.venv) return python;
    if (python) found.push(python);
  }
  throw pythonError(found);
}

export interface Packages {
  /** Name of the packages in error messages. */
  readonly description: string;
  /** Arguments of `pip install`. */
  readonly args: readonly string[];
}

/** Creates a virtual environment and installs packages into it. */
export async function createVenv(python: Python, folder: string, packages: Packages, processes: Processes, progress: Progress): Promise<void> {
  const { description, args } = packages;
  const venv = await processes.run(python.program, ['-m', 'venv', folder], { env: process.env });
  if (venv.code !== 0) {
    throw new LocalRunError(
      `${python.program} cannot create a virtual environment`, `to reproduce: ${python.program} -m venv /tmp/venv`, lastLines(venv.output),
    );
  }
  const install = ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '--retries', '1', '--timeout', '15', ...args];
  const { code, output } = await processes.run(venvPython(folder), install, { env: process.env, onLine: progress });
  if (code !== 0) throw downloadError(description, output, `${python.program} -m pip download ${args.join(' ')}`);
}

/** Returns the Python executable of a virtual environment. */
export function venvPython(folder: string): string {
  return path.join(folder, 'bin', 'python');
}

async function probe(processes: Processes, command: string, env: NodeJS.ProcessEnv): Promise<Python | undefined> {
  const { code, output } = await processes.run(command, ['-c', PROBE], { env });
  if (code !== 0) return undefined;
  try {
    return JSON.parse(output.trim().split('\n').pop() ?? '') as Python;
  } catch {
    return undefined;
  }
}

function isNewEnough({ version: [major = 0, minor = 0] }: Python): boolean {
  return major > MIN_VERSION[0] || (major === MIN_VERSION[0] && minor >= MIN_VERSION[1]);
}

function pythonError(found: readonly Python[]): LocalRunError {
  const minimum = MIN_VERSION.join('.');
  const purpose = 'the AWS emulator requires it';
  const withoutVenv = found.find(isNewEnough);
  if (withoutVenv) {
    const version = withoutVenv.version.slice(0, 2).join('.');
    return new LocalRunError(
      `Python ${version} does not have the modules 'venv' and 'ensurepip'`,
      `install them, on Debian and Ubuntu: sudo apt install python${version}-venv`,
    );
  }
  const install = `install Python ${minimum} or later and add 'python3' to the PATH: https://www.python.org/downloads/`;
  return found.length
    ? new LocalRunError(`Python ${found[0].version.join('.')} is too old; the AWS emulator requires ${minimum} or later`, install)
    : new LocalRunError(`Python is not installed; ${purpose}`, install);
}
