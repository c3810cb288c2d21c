import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { lastLines, LocalRunError } from '../cli/local-run-error';
import { findFreePort, HOST } from '../processes/free-port';
import { Processes } from '../processes/processes';

const START_TIMEOUT_MS = 30_000;
const POLL_MS = 25;

export interface EmulatorOptions {
  /** Python of the emulator's virtual environment. */
  readonly python: string;
  /** For its temporary files, and those of the functions it runs. */
  readonly folder: string;
  readonly logFile: string;
  /** Check credentials and evaluate IAM policies. */
  readonly auth: boolean;
  /** Names of the patches of `launch.py` to apply. */
  readonly patches: readonly string[];
  /** Environment of the emulator and, through it, of every Lambda function. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Starts the emulator and waits until it answers. */
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
    const end = started.exitReason() ?? (performance.now() > deadline ? `no answer within ${START_TIMEOUT_MS / 1000} s` : undefined);
    if (end) {
      throw new LocalRunError(
        `the emulator did not start (${end})`, `read ${options.logFile}`, lastLines(fs.readFileSync(options.logFile, 'utf8')),
      );
    }
    await sleep(POLL_MS);
  }
  return url;
}

/** Nothing of the user's environment: it would leak into the functions, real AWS credentials included. */
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
    // opens a port on all interfaces otherwise
    IOT_MTLS_ENABLED: '0',
    // it removes containers of other MiniStacks when it finds a Docker socket
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
