import { type ChildProcess, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const TERMINATION_GRACE_MS = 3_000;
/** How long to wait for a killed process group. In containers without an init process, zombies remain listed. */
const KILL_TIMEOUT_MS = 500;
const POLL_MS = 25;

export interface ProcessOptions {
  readonly cwd?: string;
  /** The complete environment. Nothing is inherited. */
  readonly env: NodeJS.ProcessEnv;
}

export interface RunningProcess {
  readonly pid: number;
  /** Returns the exit code or signal of an exited process, otherwise `undefined`. */
  readonly exitReason: () => string | undefined;
}

export interface ProcessResult {
  readonly code: number | null;
  /** Standard output and standard error, interleaved. */
  readonly output: string;
}

/**
 * The child processes of one run. Each has its own process group, so that its children stop with it and Ctrl-C reaches only
 * this process, which stops them in order.
 */
export class Processes {
  private readonly running = new Set<ChildProcess>();
  private closed = false;

  constructor() {
    process.on('exit', this.killAll);
  }

  /** Starts a service that logs to a file. Its standard input stays open until this process exits. */
  start(command: string, args: readonly string[], options: ProcessOptions & { logFile: string }): RunningProcess {
    fs.mkdirSync(path.dirname(options.logFile), { recursive: true });
    const log = fs.openSync(options.logFile, 'a');
    try {
      const child = this.spawn(command, args, options, ['pipe', log, log]);
      let reason: string | undefined;
      child.once('error', (error) => { reason = error.message; });
      child.once('exit', (code, signal) => { reason = signal ? `signal ${signal}` : `exit code ${code}`; });
      return { pid: child.pid ?? 0, exitReason: () => reason };
    } finally {
      fs.closeSync(log);
    }
  }

  /** Runs a program and returns its exit code and output. */
  run(command: string, args: readonly string[], options: ProcessOptions & { onLine?: (line: string) => void }): Promise<ProcessResult> {
    const child = this.spawn(command, args, options, ['ignore', 'pipe', 'pipe']);
    return new Promise((resolve) => {
      let output = '';
      const append = (chunk: Buffer) => {
        output += chunk.toString();
        const line = chunk.toString().trim().split('\n').pop();
        if (line) options.onLine?.(line.trim());
      };
      child.stdout?.on('data', append);
      child.stderr?.on('data', append);
      child.once('error', (error) => resolve({ code: null, output: `${output}${error.message}\n` }));
      child.once('close', (code) => resolve({ code, output }));
    });
  }

  /** Stops all process groups: sends SIGTERM, and SIGKILL after the grace time. */
  async stopAll(): Promise<void> {
    this.closed = true;
    process.off('exit', this.killAll);
    await Promise.all([...this.running].map(stopGroup));
    this.running.clear();
  }

  /** Sends SIGKILL to all process groups and does not wait. */
  readonly killAll = (): void => {
    for (const child of this.running) signalGroup(child, 'SIGKILL');
  };

  private spawn(command: string, args: readonly string[], options: ProcessOptions, stdio: Parameters<typeof spawn>[2]['stdio']): ChildProcess {
    if (this.closed) throw new Error(`the run is stopping: ${command} is not started`);
    const child = spawn(command, args, { cwd: options.cwd, env: options.env, stdio, detached: true });
    this.running.add(child);
    // a group can outlive its leader, so only an empty group is removed
    child.once('close', () => { if (!signalGroup(child, 0)) this.running.delete(child); });
    child.once('error', () => this.running.delete(child));
    return child;
  }
}

/** Sends a signal to a process group. Returns `false` if the group is empty. */
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
  // when the leader has exited, the rest of its group is not needed
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
