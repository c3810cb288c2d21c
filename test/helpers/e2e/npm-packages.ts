import { type Steps } from '../../../local/cli/steps';
import { installOnce } from '../../../local/install/install-once';
import { type Processes } from '../../../local/processes/processes';

/** Installs npm packages into a folder of their own and returns the folder. */
export function installPackages(name: string, packages: readonly string[], processes: Processes, steps: Steps): Promise<string> {
  return installOnce({
    name,
    title: packages[0],
    pins: packages.join('\n'),
    install: async (target) => {
      const { code, output } = await processes.run('npm', ['install', '--prefix', target, '--no-audit', '--no-fund', '--no-save', ...packages], { env: process.env });
      if (code !== 0) throw new Error(output);
    },
  }, steps);
}
