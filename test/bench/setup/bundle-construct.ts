import { LocalRunError, lastLines } from '../../../local/cli/local-run-error';
import { type Steps } from '../../../local/cli/steps';
import { REPOSITORY } from '../../../local/processes/paths';
import { type Processes } from '../../../local/processes/processes';

/** Bundles the construct's functions, so that their code is the one of the working tree. */
export function bundleConstruct(processes: Processes, steps: Steps): Promise<void> {
  return steps.run("Bundling the construct's functions", async () => {
    for (const task of ['validators', 'bundle']) {
      const { code, output } = await processes.run('npx', ['projen', task], { cwd: REPOSITORY, env: { ...process.env, PROJEN_DISABLE_POST: 'true' } });
      if (code !== 0) throw new LocalRunError(`'npx projen ${task}' failed`, 'see the output above', lastLines(output));
    }
  });
}
