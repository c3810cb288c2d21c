import * as fs from 'node:fs';
import * as path from 'node:path';
import { Steps } from '../../../local/cli/steps';
import { installOnce } from '../../../local/install/install-once';
import { temporaryFolder, writeFiles } from '../../helpers/temporary-files';

const lines: string[] = [];
const steps = Steps.toLines((line) => lines.push(line));
beforeEach(() => { lines.length = 0; });

function install(state: string, pins: string, work?: (folder: string) => Promise<void>): { folder: Promise<string>; calls: () => number } {
  let calls = 0;
  const folder = installOnce({
    name: 'tool',
    title: 'the tool',
    pins,
    install: async (target) => {
      calls += 1;
      writeFiles(target, { bin: pins });
      await work?.(target);
    },
  }, steps, state);
  return { folder, calls: () => calls };
}

describe('installOnce', () => {
  it('installs on first use and prints a step', async () => {
    const folder = await install(temporaryFolder(), 'v1').folder;
    expect(fs.readFileSync(path.join(folder, 'bin'), 'utf8')).toBe('v1');
    expect(lines.join()).toMatch(/✓ Installing the tool \(first use\) +\d+\.\d s/);
  });

  it('does nothing and prints nothing on second use', async () => {
    const state = temporaryFolder();
    const first = await install(state, 'v1').folder;
    lines.length = 0;
    const second = install(state, 'v1');
    expect(await second.folder).toBe(first);
    expect(second.calls()).toBe(0);
    expect(lines).toEqual([]);
  });

  it('installs again when a pin changes and removes the old version', async () => {
    const state = temporaryFolder();
    const old = await install(state, 'v1').folder;
    const folder = await install(state, 'v2').folder;
    expect(fs.readFileSync(path.join(folder, 'bin'), 'utf8')).toBe('v2');
    expect(fs.existsSync(old)).toBe(false);
  });

  it('installs again after an interrupted installation', async () => {
    const state = temporaryFolder();
    await expect(install(state, 'v1', async () => { throw new Error('network'); }).folder).rejects.toThrow('network');
    const again = install(state, 'v1', async (target) => expect(fs.readdirSync(target)).toEqual(['bin']));
    await again.folder;
    expect(again.calls()).toBe(1);
    expect(fs.readdirSync(state)).toHaveLength(1);
  });

  it('installs once when two runs start at the same time', async () => {
    const state = temporaryFolder();
    const slow = () => new Promise<void>((resolve) => setTimeout(resolve, 300));
    const [one, other] = [install(state, 'v1', slow), install(state, 'v1', slow)];
    expect(await one.folder).toBe(await other.folder);
    expect(one.calls() + other.calls()).toBe(1);
  });

  it('removes the lock of a process that no longer exists', async () => {
    const state = temporaryFolder();
    // above the maximum pid of Linux and macOS
    writeFiles(state, { 'tool.lock': '99999999' });
    await install(state, 'v1').folder;
    expect(fs.existsSync(path.join(state, 'tool.lock'))).toBe(false);
  });
});
