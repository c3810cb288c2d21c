import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Processes } from '../../../local/processes/processes';
import { temporaryFolder } from '../../helpers/temporary-files';

const ENV = { PATH: process.env.PATH };

/** The pid that a script wrote. */
async function pidIn(file: string): Promise<number> {
  while (!fs.existsSync(file) || !fs.readFileSync(file, 'utf8').endsWith('\n')) await sleep(20);
  return Number(fs.readFileSync(file, 'utf8'));
}

/** A process that ended but was not collected by its parent yet does not run. */
function isRunning(pid: number): boolean {
  return /^[^Z]/.test(spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout);
}

describe('run', () => {
  it('answers code and output of both streams, and hands over lines', async () => {
    const lines: string[] = [];
    const finished = await new Processes().run('sh', ['-c', 'echo out; echo err >&2; exit 3'], { env: ENV, onLine: (line) => lines.push(line) });
    expect(finished.code).toBe(3);
    expect(finished.output.split('\n').sort()).toEqual(['', 'err', 'out']);
    expect(lines.length).toBeGreaterThan(0);
  });

  it('says when there is no such program', async () => {
    const { code, output } = await new Processes().run('no-such-program', [], { env: ENV });
    expect(code).toBeNull();
    expect(output).toContain('ENOENT');
  });

  it('gives the program the environment it was given and no other', async () => {
    process.env.RUNNER_SECRET = 'leaks';
    const { output } = await new Processes().run('sh', ['-c', 'echo "[$RUNNER_SECRET]"'], { env: ENV });
    delete process.env.RUNNER_SECRET;
    expect(output).toBe('[]\n');
  });
});

describe('stopAll', () => {
  it('ends programs with their children', async () => {
    const folder = temporaryFolder();
    const processes = new Processes();
    const started = processes.start('sh', ['-c', `sleep 60 & echo $! > ${folder}/pid; wait`], { env: ENV, logFile: path.join(folder, 'log') });
    const child = await pidIn(path.join(folder, 'pid'));
    expect(isRunning(child)).toBe(true);

    await processes.stopAll();

    expect([isRunning(started.pid), isRunning(child)]).toEqual([false, false]);
    expect(started.exitReason()).toBe('signal SIGTERM');
  });

  it('ends children whose parent ended before', async () => {
    const folder = temporaryFolder();
    const processes = new Processes();
    const started = processes.start('sh', ['-c', `sleep 60 & echo $! > ${folder}/pid`], { env: ENV, logFile: path.join(folder, 'log') });
    const child = await pidIn(path.join(folder, 'pid'));
    while (!started.exitReason()) await sleep(20);

    await processes.stopAll();

    expect(isRunning(child)).toBe(false);
  });

  it('kills what does not listen, within the grace time', async () => {
    const folder = temporaryFolder();
    const processes = new Processes();
    processes.start('sh', ['-c', `trap "" TERM; echo $$ > ${folder}/pid; while true; do sleep 0.1; done`], { env: ENV, logFile: path.join(folder, 'log') });
    const pid = await pidIn(path.join(folder, 'pid'));
    const start = performance.now();
    await processes.stopAll();
    expect(isRunning(pid)).toBe(false);
    expect(performance.now() - start).toBeLessThan(5_000);
  }, 10_000);

  it('fails when something is to be started afterwards', async () => {
    const processes = new Processes();
    await processes.stopAll();
    expect(() => processes.run('sh', ['-c', 'true'], { env: ENV })).toThrow('the run is stopping: sh is not started');
  });
});
