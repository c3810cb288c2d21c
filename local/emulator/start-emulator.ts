import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { lastLines, LocalRunError } from '../cli/local-run-error';
import { findFreePort, HOST } from '../processes/free-port';
import { type Processes } from '../processes/processes';

const START_TIMEOUT_MS = 30_000;
const POLL_MS = 25;

export interface EmulatorOptions {
  /** Python executable of the emulator's virtual environment. */
  readonly python: string;
  /** Folder of the temporary files of the emulator and the functions. */
  readonly folder: string;
  readonly logFile: string;
  /** Whether to verify credentials and to evaluate IAM policies. */
  readonly auth: boolean;
  /** Patches in `launch.py` to apply. */
  readonly patches: readonly string[];
  /** Environment variables of the emulator. The Lambda functions inherit them. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Starts the emulator, waits until it is healthy and returns its URL. */
export async function startEmulator(processes: Processes, options: EmulatorOptions): Promise<string> {
  const port = await findFreePort();
  const home = path.join(options.folder, 'emulator');
  fs.mkdirSync(home, { recursive: true });
  const started = processes.start(options.python, [path.join(__dirname, 'launch.py'), ...options.patches], {
    cwd: home,
    logFile: options.logFile,
    env: { ...emulatorEnvironment(home, port, options.auth), ...options.environment },
  });

  const url = `http://${HOST}:${port}`;
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (!await isHealthy(`${url}/_ministack/health`)) {
    const failure = started.exitReason() ?? (performance.now() > deadline ? `no response within ${START_TIMEOUT_MS / 1000} s` : undefined);
    if (failure) {
      throw new LocalRunError(
        `the emulator did not start (${failure})`, `read ${options.logFile}`, lastLines(fs.readFileSync(options.logFile, 'utf8')),
      );
    }
    await sleep(POLL_MS);
  }
  return url;
}

/** Returns the environment of the emulator. It includes no variables of the user, for example AWS credentials, because the functions inherit it. */
function emulatorEnvironment(home: string, port: number, auth: boolean): Record<string, string> {
  return {
    HOME: home,
    TMPDIR: home,
    PYTHONDONTWRITEBYTECODE: '1',
    BIND_HOST: HOST,
    GATEWAY_PORT: String(port),
    AUTH: String(auth),
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_DEFAULT_REGION: 'us-east-1',
    // otherwise the emulator listens on all interfaces
    IOT_MTLS_ENABLED: '0',
    // with a Docker socket, the emulator removes the containers of other MiniStack processes
    DOCKER_HOST: 'unix:///nonexistent',
  };
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}
