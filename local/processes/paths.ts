import * as path from 'node:path';

export const REPOSITORY = path.resolve(__dirname, '../..');

/** All that the local run keeps: installed programs, logs, the folders of running apps. Ignored by git; delete it freely. */
export const STATE = path.join(REPOSITORY, '.local');

export const LOGS = path.join(STATE, 'logs');
export const OUTPUTS_FILE = path.join(STATE, 'outputs.json');

/** A path as people read it: relative to the repository where it lies inside. */
export function displayPath(file: string): string {
  const relative = path.relative(REPOSITORY, file);
  return relative.startsWith('..') ? file : relative || '.';
}
