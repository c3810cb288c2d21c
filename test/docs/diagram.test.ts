import { spawnSync } from 'node:child_process';
import * as path from 'node:path';

const ROOT = path.join(__dirname, '../..');

it('renders docs/architecture.svg from docs/architecture.dot; `npm run docs:diagram` updates it', () => {
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'projenrc/scripts/render-diagram.ts', '--check'], { cwd: ROOT, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
