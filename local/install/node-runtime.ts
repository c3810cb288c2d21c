import * as path from 'node:path';
import { installOnce } from './install-once';
import { downloadError, LocalRunError } from '../cli/local-run-error';
import { Steps } from '../cli/steps';
import { Processes } from '../processes/processes';

/** The handlers run on the Node.js of their Lambda runtime (24), whatever version runs this tool. */
const NODE_PACKAGE = 'node@24.21.0';

/** The folder with the `node` program. */
export async function installNode(processes: Processes, steps: Steps): Promise<string> {
  const folder = await installOnce({
    name: 'node',
    title: `Node.js 24 (npm ${NODE_PACKAGE}, 190 MB)`,
    pins: `${NODE_PACKAGE} ${process.platform} ${process.arch}`,
    install: async (target, progress) => {
      // its install script fetches the program for this platform, so scripts must run whatever the user's npm settings
      const args = ['install', '--prefix', target, '--no-audit', '--no-fund', '--no-save', '--ignore-scripts=false', '--fetch-retries=1', NODE_PACKAGE];
      progress('downloading 50 MB');
      const { code, output } = await processes.run('npm', args, { env: process.env });
      if (code !== 0) throw downloadError('Node.js 24', output, `npm ${args.join(' ')}`);
      await checkNodeRuns(processes, binFolder(target));
    },
  }, steps);
  return binFolder(folder);
}

function binFolder(folder: string): string {
  return path.join(folder, 'node_modules', 'node', 'bin');
}

async function checkNodeRuns(processes: Processes, folder: string): Promise<void> {
  const { code, output } = await processes.run(path.join(folder, 'node'), ['--version'], { env: {} });
  if (code === 0 && output.startsWith('v24.')) return;
  throw new LocalRunError(
    `npm installed ${NODE_PACKAGE}, but it does not run here`,
    `see whether the npm package 'node' supports ${process.platform}-${process.arch}`,
    output.trim(),
  );
}
