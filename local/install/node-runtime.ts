import * as path from 'node:path';
import { installOnce } from './install-once';
import { downloadError, LocalRunError } from '../cli/local-run-error';
import { type Steps } from '../cli/steps';
import { type Processes } from '../processes/processes';

/** The Node.js version of the Lambda runtime. The handlers use it, independent of the version that runs this tool. */
const NODE_PACKAGE = 'node@24.21.0';

/** Installs the Node.js of the handlers and returns the folder of its `node` executable. */
export async function installNode(processes: Processes, steps: Steps): Promise<string> {
  const folder = await installOnce({
    name: 'node',
    title: `Node.js 24 (npm ${NODE_PACKAGE}, 190 MB)`,
    pins: `${NODE_PACKAGE} ${process.platform} ${process.arch}`,
    install: async (target, progress) => {
      // the install script downloads the executable for this platform, so scripts must run
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
    `${NODE_PACKAGE} does not run on this machine`,
    `check whether the npm package 'node' supports ${process.platform}-${process.arch}`,
    output.trim(),
  );
}
