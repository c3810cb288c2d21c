import * as fs from 'node:fs';
import * as path from 'node:path';
import { installOnce } from '../install';
import { downloadProblem, lastLines, RunProblem } from '../problem';
import { Processes } from '../processes';
import { Steps } from '../steps';
import { findPython } from './python';

const REQUIREMENTS = path.join(__dirname, 'requirements.txt');

/** Installs the emulator into a virtual environment of its own; answers the environment's Python program. */
export async function installEmulator(processes: Processes, steps: Steps): Promise<string> {
  const python = await findPython(processes);
  const folder = await installOnce({
    name: 'emulator',
    title: 'the AWS emulator (MiniStack, 110 MB)',
    pins: [fs.readFileSync(REQUIREMENTS, 'utf8'), python.program, ...python.version].join('\n'),
    install: async (target, progress) => {
      const venv = await processes.run(python.program, ['-m', 'venv', target], { env: process.env });
      if (venv.code !== 0) {
        throw new RunProblem(
          `${python.program} cannot make a virtual environment`, `the same by hand: ${python.program} -m venv /tmp/venv`, lastLines(venv.output),
        );
      }
      const args = ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '--no-deps', '--retries', '1', '--timeout', '15', '-r', REQUIREMENTS];
      const { code, output } = await processes.run(venvPython(target), args, { env: process.env, onLine: progress });
      if (code !== 0) throw downloadProblem('the AWS emulator', output, `${python.program} -m pip download -r ${REQUIREMENTS}`);
    },
  }, steps);
  return venvPython(folder);
}

function venvPython(folder: string): string {
  return path.join(folder, 'bin', 'python');
}
