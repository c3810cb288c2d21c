import * as fs from 'node:fs';
import * as path from 'node:path';
import { isProcessAlive } from './file-lock';
import { LOGS, STATE } from './paths';

const RUNS = path.join(STATE, 'runs');
const MAX_LOGS = 20;

export interface RunFolder {
  /** Folder of temporary files. It is removed after the run. */
  readonly folder: string;
  /** Returns the path of a log file. Logs remain after the run. */
  logFile(name: string): string;
  remove(): void;
}

let count = 0;

/** Creates the folder of a run, so that parallel runs do not share files. */
export function createRunFolder(): RunFolder {
  removeStaleRuns();
  pruneLogs();
  count += 1;
  const name = `${process.pid}-${count}`;
  const folder = path.join(RUNS, name);
  fs.mkdirSync(folder, { recursive: true });
  fs.mkdirSync(LOGS, { recursive: true });
  const prefix = `${new Date().toISOString().replace(/[:.]/g, '-')}-${name}`;
  return {
    folder,
    logFile: (program) => path.join(LOGS, `${prefix}-${program}.log`),
    remove: () => fs.rmSync(folder, { recursive: true, force: true, maxRetries: 3 }),
  };
}

function removeStaleRuns(): void {
  for (const run of fs.existsSync(RUNS) ? fs.readdirSync(RUNS) : []) {
    if (!isProcessAlive(Number.parseInt(run, 10))) fs.rmSync(path.join(RUNS, run), { recursive: true, force: true });
  }
}

function pruneLogs(): void {
  const logs = fs.existsSync(LOGS) ? fs.readdirSync(LOGS).sort() : [];
  for (const log of logs.slice(0, -MAX_LOGS)) fs.rmSync(path.join(LOGS, log), { force: true });
}
