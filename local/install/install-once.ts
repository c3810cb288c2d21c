import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Steps, Progress } from '../cli/steps';
import { withFileLock } from '../processes/file-lock';
import { STATE } from '../processes/paths';

export interface Installation {
  readonly name: string;
  /** What is installed, for people. */
  readonly title: string;
  /** All that decides what gets installed: another pin is another folder. */
  readonly pins: string;
  install(folder: string, progress: Progress): Promise<void>;
}

/**
 * Installs something into `.local/` on first use. It is built under another name and renamed when complete, so that an
 * interrupted installation never passes for a whole one.
 */
export async function installOnce(installation: Installation, steps: Steps, state = STATE): Promise<string> {
  const folder = path.join(state, `${installation.name}-${shortHash(installation.pins)}`);
  if (fs.existsSync(folder)) return folder;

  await steps.run(`Installing ${installation.title} (first use)`, (progress) =>
    withFileLock(path.join(state, `${installation.name}.lock`), (pid) => progress(`process ${pid} is installing it`), async () => {
      if (fs.existsSync(folder)) return;
      removeOutdated(state, installation.name);
      const partial = `${folder}.partial`;
      await installation.install(partial, progress);
      fs.renameSync(partial, folder);
    }));
  return folder;
}

/** As names of folders have it. */
export function shortHash(text: string): string {
  return crypto.createHash('sha256').update(text).digest('hex').slice(0, 12);
}

/** Earlier pins, and what an interrupted installation left behind. */
function removeOutdated(state: string, name: string): void {
  for (const entry of fs.readdirSync(state)) {
    if (new RegExp(`^${name}-[0-9a-f]{12}(\\.partial)?$`).test(entry)) fs.rmSync(path.join(state, entry), { recursive: true, force: true });
  }
}
