import * as fs from 'node:fs';
import * as path from 'node:path';
import { STATE } from '../../../local/processes/paths';

/** A control group of Linux that limits the memory of a process, as Lambda limits that of an execution environment. */
export interface MemoryLimit {
  /**
   * Returns a command that runs in the control group. `program` is the path of its executable, which runs from a copy: the pages of the
   * executable itself were read by other processes, so that the kernel does not count them for this one.
   */
  limit(command: readonly string[], program: string): readonly string[];
  remove(): void;
}

const ROOT = '/sys/fs/cgroup';
const COPIES = path.join(STATE, 'bench');
const BYTES_PER_MB = 1024 * 1024;

/** The files of the memory controller of both versions of control groups: the limit, and the limit that includes swap. */
const VERSIONS = [
  { controllers: 'memory', limit: 'memory.limit_in_bytes', swap: 'memory.memsw.limit_in_bytes', swapIncludesMemory: true },
  { controllers: '', limit: 'memory.max', swap: 'memory.swap.max', swapIncludesMemory: false },
] as const;

const SCRIPT = 'echo $$ > "$0" && cp "$1" "$2" && shift 2 && exec "$@"';

let count = 0;

/** Creates a control group. Throws with the reason if this machine does not permit it. */
export function limitMemory(megabytes: number): MemoryLimit {
  const version = VERSIONS.find(({ controllers }) => fs.existsSync(path.join(ROOT, controllers, controllers ? 'memory.usage_in_bytes' : 'cgroup.controllers')));
  if (!version) throw new Error('the machine has no control groups for memory');
  const group = path.join(ROOT, version.controllers, `genai-image-api-bench-${process.pid}-${++count}`);
  fs.mkdirSync(group);
  try {
    const bytes = String(megabytes * BYTES_PER_MB);
    fs.writeFileSync(path.join(group, version.limit), bytes);
    // without swap accounting, the kernel has no such file
    const swap = path.join(group, version.swap);
    if (fs.existsSync(swap)) fs.writeFileSync(swap, version.swapIncludesMemory ? bytes : '0');
  } catch (error) {
    fs.rmdirSync(group);
    throw error;
  }
  fs.mkdirSync(COPIES, { recursive: true });
  const copy = path.join(COPIES, path.basename(group));
  return {
    limit: (command, program) => [
      'sh', '-c', SCRIPT, path.join(group, 'cgroup.procs'), program, copy, ...command.map((argument) => (argument === program ? copy : argument)),
    ],
    remove: () => {
      fs.rmSync(copy, { force: true });
      removeGroup(group);
    },
  };
}

const REMOVE_ATTEMPTS = 50;
const REMOVE_PAUSE_MS = 20;

/** The kernel removes a control group only some milliseconds after the end of its last process. */
function removeGroup(group: string): void {
  for (let attempt = 1; ; attempt++) {
    try {
      fs.rmdirSync(group);
      return;
    } catch (error) {
      if (attempt === REMOVE_ATTEMPTS) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, REMOVE_PAUSE_MS);
    }
  }
}
