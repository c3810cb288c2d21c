import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 250;

/** Runs `work` while no other run on this machine holds the same lock file; a lock whose holder died is taken over. */
export async function withFileLock<T>(file: string, waiting: (pid: number) => void, work: () => Promise<T>): Promise<T> {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  for (let holder = tryAcquire(file); holder !== undefined; holder = tryAcquire(file)) {
    if (holder !== process.pid && !isProcessAlive(holder)) {
      fs.rmSync(file, { force: true });
      continue;
    }
    waiting(holder);
    await sleep(POLL_MS);
  }
  try {
    return await work();
  } finally {
    fs.rmSync(file, { force: true });
  }
}

/** The pid of the holder, or nothing: then the lock is ours. */
function tryAcquire(file: string): number | undefined {
  const mine = `${file}.${process.pid}-${Math.random().toString(36).slice(2)}`;
  fs.writeFileSync(mine, String(process.pid));
  try {
    // a hard link, not an exclusive open: the lock never exists without the pid in it
    fs.linkSync(mine, file);
    return undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return readPid(file);
  } finally {
    fs.rmSync(mine, { force: true });
  }
}

/** Our own pid, which is alive, when the lock went away in between: the caller simply tries again. */
function readPid(file: string): number {
  try {
    return Number(fs.readFileSync(file, 'utf8'));
  } catch {
    return process.pid;
  }
}

export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
