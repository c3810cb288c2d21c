import * as path from 'node:path';
import { Steps } from '../../../local/cli/steps';
import { installPythonPackages } from '../../../local/install/python-packages';
import { STATE } from '../../../local/processes/paths';
import { type ProcessResult, type Processes } from '../../../local/processes/processes';

const MYPY = 'mypy==2.4.1';

export interface MypyRun {
  readonly result: Promise<ProcessResult>;
}

/** Starts `mypy --strict` for the files of a folder, with the packages of a Python environment. */
export async function startMypy(folder: string, env: NodeJS.ProcessEnv, processes: Processes): Promise<MypyRun> {
  const mypy = await installPythonPackages({ name: 'mypy', title: MYPY, description: MYPY, args: [MYPY], pins: MYPY }, processes, Steps.toLines(() => undefined));
  const { output: python } = await processes.run('python3', ['-c', 'import sys; print(sys.executable)'], { env });
  const options = ['--strict', '--python-executable', python.trim(), '--cache-dir', path.join(STATE, 'mypy-cache')];
  return { result: processes.run(mypy, ['-m', 'mypy', ...options, '.'], { cwd: folder, env }) };
}
