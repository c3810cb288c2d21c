import { ChildProcess, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const TERMINATION_GRACE_MS = 3_000;
/** How long a killed group may take to vanish; where nobody collects orphans, as in many containers, it stays listed for ever. */
const KILL_TIMEOUT_MS = 500;
const POLL_MS = 25;

export interface ProcessOptions {
  readonly cwd?: string;
  /** The whole environment, nothing is inherited. */
  readonly env: NodeJS.ProcessEnv;
}

export interface RunningProcess {
  readonly pid: number;
  /** Set once it has ended. */
  readonly exitReason: () => string | undefined;
}

export interface ProcessResult {
  readonly code: number | null;
  /** Standard output and standard error, as they came. */
  readonly output: string;
}

/**
 * The child processes of one run. Each leads a process group of its own, so that its children end with it, and so that a
 * Ctrl-C reaches us alone and the order of stopping is ours.
 */
export class Processes {
  private readonly running = new Set<ChildProcess>();
  private closed = false;

  constructor() {
    process.on('exit', this.killAll);
  }

  /** Starts a service that writes to a log file. Its standard input stays open as long as we live. */
  start(command: string, args: readonly string[], options: ProcessOptions & { logFile: string }): RunningProcess {
    fs.mkdirSync(path.dirname(options.logFile), { recursive: true });
    const log = fs.openSync(options.logFile, 'a');
    try {
      const child = this.spawn(command, args, options, ['pipe', log, log]);
      let end: string | undefined;
      child.once('error', (error) => { end = error.message; });
      child.once('exit', (code, signal) => { end = signal ? `signal ${signal}` : `exit code ${code}`; });
      return { pid: child.pid ?? 0, exitReason: () => end };
    } finally {
      fs.closeSync(log);
    }
  }

  /** Runs a program to its end. */
  run(command: string, args: readonly string[], options: ProcessOptions & { onLine?: (line: string) => void }): Promise<ProcessResult> {
    const child = this.spawn(command, args, options, ['ignore', 'pipe', 'pipe']);
    return new Promise((resolve) => {
      let output = '';
      const take = (chunk: Buffer) => {
        output += chunk.toString();
        const line = chunk.toString().trim().split('\n').pop();
        if (line) options.onLine?.(line.trim());
      };
      child.stdout?.on('data', take);
      child.stderr?.on('data', take);
      child.once('error', (error) => resolve({ code: null, output: `${output}${error.message}\n` }));
      child.once('close', (code) => resolve({ code, output }));
    });
  }

  /** Ends all: asks first, kills what still lives after the grace time, children of children included. */
  async stopAll(): Promise<void> {
    this.closed = true;
    process.off('exit', this.killAll);
    await Promise.all([...this.running].map(stopGroup));
    this.running.clear();
  }

  /** At once and without waiting: the last resort. */
  readonly killAll = (): void => {
    for (const child of this.running) signalGroup(child, 'SIGKILL');
  };

  private spawn(command: string, args: readonly string[], options: ProcessOptions, stdio: Parameters<typeof spawn>[2]['stdio']): ChildProcess {
    if (this.closed) throw new Error(`the run is stopping: ${command} is not started`);
    const child = spawn(command, args, { cwd: options.cwd, env: options.env, stdio, detached: true });
    this.running.add(child);
    // a group can outlive its leader: only an empty one is forgotten
    child.once('close', () => { if (!signalGroup(child, 0)) this.running.delete(child); });
    child.once('error', () => this.running.delete(child));
    return child;
  }
}

/** False when the group has no member left. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  if (!child.pid) return false;
  try {
    process.kill(-child.pid, signal);
    return true;
  } catch {
    return false;
  }
}

async function stopGroup(child: ChildProcess): Promise<void> {
  signalGroup(child, 'SIGTERM');
  // when the leader has ended, what is left of its group has lost its purpose
  await waitUntil(() => hasExited(child) || !signalGroup(child, 0), TERMINATION_GRACE_MS);
  signalGroup(child, 'SIGKILL');
  await waitUntil(() => !signalGroup(child, 0), KILL_TIMEOUT_MS);
}

function hasExited(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function waitUntil(condition: () => boolean, withinMs: number): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!condition() && performance.now() < deadline) await sleep(POLL_MS);
}
