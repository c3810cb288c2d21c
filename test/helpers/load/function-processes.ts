import * as fs from 'node:fs';
import { rssMb } from '../../bench/functions/process-statistics';

/** What a process of a function uses. */
export interface ProcessUsage {
  readonly pid: number;
  readonly rssMb: number;
  /** Open file descriptors, sockets included. */
  readonly files: number;
  readonly sockets: number;
}

/** The processes in which the emulator runs functions of this name have it in their command line. */
const MARKER = 'ministack-lambda-';

/** Returns the usage of all processes in which the emulator runs functions. */
export function functionProcesses(): ProcessUsage[] {
  return fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((pid) => {
    try {
      const [program, ...args] = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
      if (!program.endsWith('node') || !args.some((arg) => arg.includes(MARKER))) return [];
      return usageOf(Number(pid));
    } catch {
      // the process ended meanwhile
      return [];
    }
  });
}

function usageOf(pid: number): ProcessUsage {
  const links = fs.readdirSync(`/proc/${pid}/fd`).map((name) => linkOf(`/proc/${pid}/fd/${name}`));
  return { pid, rssMb: rssMb(pid), files: links.length, sockets: links.filter((link) => link.startsWith('socket:')).length };
}

/** A file can be closed while its folder is read. */
function linkOf(file: string): string {
  try {
    return fs.readlinkSync(file);
  } catch {
    return '';
  }
}
