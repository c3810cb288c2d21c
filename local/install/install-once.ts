import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { type Steps, type Progress } from '../cli/steps';
import { withFileLock } from '../processes/file-lock';
import { STATE } from '../processes/paths';

export interface Installation {
  readonly name: string;
  /** What is installed, as printed to the terminal. */
  readonly title: string;
  /** Pinned versions. Their hash is part of the name of the folder, so that other versions are installed into another folder. */
  readonly pins: string;
  install(folder: string, progress: Progress): Promise<void>;
}

/**
 * Installs a tool into `.local/` on first use and returns its folder. The folder gets its final name only when the
 * installation is complete, so that an interrupted installation is never used.
 */
export async function installOnce(installation: Installation, steps: Steps, state = STATE): Promise<string> {
  const folder = path.join(state, `${installation.name}-${shortHash(installation.pins)}`);
  if (fs.existsSync(folder)) return folder;

  await steps.run(`Installing ${installation.title} (first use)`, (progress) =>
    withFileLock(path.join(state, `${installation.name}.lock`), (pid) => progress(`process ${pid} is installing it`), async () => {
      // another process has completed the installation while this one waited for the lock
      if (fs.existsSync(folder)) return;
      removeOutdated(state, installation.name);
      const partial = `${folder}.partial`;
      await installation.install(partial, progress);
      fs.renameSync(partial, folder);
    }));
  return folder;
}

/** Returns a short hash for folder names. */
export function shortHash(text: string): string {
  return crypto.createHash('sha256').update(text).digest('hex').slice(0, 12);
}

/** Removes other versions and interrupted installations. */
function removeOutdated(state: string, name: string): void {
  for (const entry of fs.readdirSync(state)) {
    if (new RegExp(`^${name}-[0-9a-f]{12}(\\.partial)?$`).test(entry)) fs.rmSync(path.join(state, entry), { recursive: true, force: true });
  }
}
