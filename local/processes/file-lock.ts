import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 250;

/** Runs `work` while it holds a lock file. Waits for other processes, and removes the lock of a process that no longer exists. */
export async function withFileLock<T>(file: string, onWait: (pid: number) => void, work: () => Promise<T>): Promise<T> {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  for (let holder = tryAcquire(file); holder !== undefined; holder = tryAcquire(file)) {
    if (holder !== process.pid && !isProcessAlive(holder)) {
      fs.rmSync(file, { force: true });
      continue;
    }
    onWait(holder);
    await sleep(POLL_MS);
  }
  try {
    return await work();
  } finally {
    fs.rmSync(file, { force: true });
  }
}

/** Returns the pid of the lock holder, or `undefined` after acquiring the lock. */
function tryAcquire(file: string): number | undefined {
  const own = `${file}.${process.pid}-${Math.random().toString(36).slice(2)}`;
  fs.writeFileSync(own, String(process.pid));
  try {
    // a hard link instead of an exclusive open: the lock file always contains the pid
    fs.linkSync(own, file);
    return undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return readPid(file);
  } finally {
    fs.rmSync(own, { force: true });
  }
}

/** Returns the pid in a lock file. If the file was removed, returns the own pid, so that the caller tries again. */
function readPid(file: string): number {
  try {
    return Number(fs.readFileSync(file, 'utf8'));
  } catch {
    return process.pid;
  }
}

/** Whether a process with this pid exists. */
export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
