import * as fs from 'node:fs';

/** CPU time of a process in milliseconds, as the scheduler counts it: the sum of its threads. */
export function cpuMs(pid: number): number {
  return fs.readdirSync(`/proc/${pid}/task`).reduce((sum, thread) => {
    try {
      return sum + Number(fs.readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
    } catch {
      // the thread ended meanwhile
      return sum;
    }
  }, 0);
}

/** Peak resident memory of a process in MB. */
export function peakRssMb(pid: number): number {
  return statusMb(pid, 'VmHWM');
}

/** Resident memory of a process in MB. */
export function rssMb(pid: number): number {
  return statusMb(pid, 'VmRSS');
}

function statusMb(pid: number, field: string): number {
  const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)![1]) / 1024;
}
