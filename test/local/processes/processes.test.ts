import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Processes } from '../../../local/processes/processes';
import { temporaryFolder } from '../../helpers/temporary-files';

const ENV = { PATH: process.env.PATH };

/** Waits for a script to write its pid and returns the pid. */
async function pidIn(file: string): Promise<number> {
  while (!fs.existsSync(file) || !fs.readFileSync(file, 'utf8').endsWith('\n')) await sleep(20);
  return Number(fs.readFileSync(file, 'utf8'));
}

/** Whether a process is running. A zombie process is not. */
function isRunning(pid: number): boolean {
  return /^[^Z]/.test(spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout);
}

describe('run', () => {
  it('returns the exit code and the output of both streams and reports lines', async () => {
    const lines: string[] = [];
    const result = await new Processes().run('sh', ['-c', 'echo out; echo err >&2; exit 3'], { env: ENV, onLine: (line) => lines.push(line) });
    expect(result.code).toBe(3);
    expect(result.output.split('\n').sort()).toEqual(['', 'err', 'out']);
    expect(lines.length).toBeGreaterThan(0);
  });

  it('returns ENOENT when the program does not exist', async () => {
    const { code, output } = await new Processes().run('no-such-program', [], { env: ENV });
    expect(code).toBeNull();
    expect(output).toContain('ENOENT');
  });

  it('passes only the given environment to the program', async () => {
    process.env.RUNNER_SECRET = 'leaks';
    const { output } = await new Processes().run('sh', ['-c', 'echo "[$RUNNER_SECRET]"'], { env: ENV });
    delete process.env.RUNNER_SECRET;
    expect(output).toBe('[]\n');
  });
});

describe('stopAll', () => {
  it('stops processes with their children', async () => {
    const folder = temporaryFolder();
    const processes = new Processes();
    const started = processes.start('sh', ['-c', `sleep 60 & echo $! > ${folder}/pid; wait`], { env: ENV, logFile: path.join(folder, 'log') });
    const child = await pidIn(path.join(folder, 'pid'));
    expect(isRunning(child)).toBe(true);

    await processes.stopAll();

    expect([isRunning(started.pid), isRunning(child)]).toEqual([false, false]);
    expect(started.exitReason()).toBe('signal SIGTERM');
  });

  it('stops children whose parent has already exited', async () => {
    const folder = temporaryFolder();
    const processes = new Processes();
    const started = processes.start('sh', ['-c', `sleep 60 & echo $! > ${folder}/pid`], { env: ENV, logFile: path.join(folder, 'log') });
    const child = await pidIn(path.join(folder, 'pid'));
    while (!started.exitReason()) await sleep(20);

    await processes.stopAll();

    expect(isRunning(child)).toBe(false);
  });

  it('kills a process that ignores SIGTERM after the grace time', async () => {
    const folder = temporaryFolder();
    const processes = new Processes();
    processes.start('sh', ['-c', `trap "" TERM; echo $$ > ${folder}/pid; while true; do sleep 0.1; done`], { env: ENV, logFile: path.join(folder, 'log') });
    const pid = await pidIn(path.join(folder, 'pid'));
    const start = performance.now();
    await processes.stopAll();
    expect(isRunning(pid)).toBe(false);
    expect(performance.now() - start).toBeLessThan(5_000);
  }, 10_000);

  it('prevents new processes afterwards', async () => {
    const processes = new Processes();
    await processes.stopAll();
    expect(() => processes.run('sh', ['-c', 'true'], { env: ENV })).toThrow('the run is stopping: sh is not started');
  });
});
