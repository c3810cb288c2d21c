import { spawnSync } from 'node:child_process';
import * as os from 'node:os';

/** Runs functions on one core, and all else on another one, so that they do not share a core. */
export interface Pinning {
  readonly description: string;
  /** Returns the command of a function. */
  pin(command: readonly string[]): readonly string[];
}

const FUNCTION_CORE = '0';
const OTHER_CORE = '1';

export const NOT_PINNED: Pinning = { description: 'functions share the cores with fakes and driver', pin: (command) => command };

/** Pins this process, and the ones that it starts from now on, to a core, if the machine has `taskset` and two cores. */
export function pinProcesses(): Pinning {
  const canPin = os.cpus().length > 1 && spawnSync('taskset', ['-a', '-c', '-p', OTHER_CORE, String(process.pid)], { stdio: 'ignore' }).status === 0;
  if (!canPin) return NOT_PINNED;
  return {
    description: `functions on core ${FUNCTION_CORE}, fakes and driver on core ${OTHER_CORE}`,
    pin: (command) => ['taskset', '-c', FUNCTION_CORE, ...command],
  };
}
