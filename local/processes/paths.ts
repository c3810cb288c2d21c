import * as path from 'node:path';

export const REPOSITORY = path.resolve(__dirname, '../..');

/** Installed tools, logs and folders of running apps. Ignored by Git and safe to delete. */
export const STATE = path.join(REPOSITORY, '.local');

/** Files of the playground, which the build writes. */
export const PLAYGROUND_FOLDER = path.join(REPOSITORY, 'assets', 'playground');

export const LOGS = path.join(STATE, 'logs');
export const OUTPUTS_FILE = path.join(STATE, 'outputs.json');

/** Returns a path for messages: relative if it is inside the repository. */
export function displayPath(file: string): string {
  const relative = path.relative(REPOSITORY, file);
  return relative.startsWith('..') ? file : relative || '.';
}
