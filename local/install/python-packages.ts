import * as fs from 'node:fs';
import { installOnce } from './install-once';
import { findPython, createVenv, venvPython } from './python';
import { type Steps } from '../cli/steps';
import { type Processes } from '../processes/processes';

export interface PythonPackages {
  /** Name of the installation folder. */
  readonly name: string;
  /** Title of the step: what is installed, and its size. */
  readonly title: string;
  /** Name of the packages in error messages. */
  readonly description: string;
  /** Arguments of `pip install`. */
  readonly args: readonly string[];
  /** Pinned versions. Another value causes a new installation. */
  readonly pins: string;
}

/** Installs packages into their own virtual environment and returns its Python executable. */
export async function installPythonPackages(packages: PythonPackages, processes: Processes, steps: Steps): Promise<string> {
  const { name, title, pins } = packages;
  const python = await findPython(processes);
  const folder = await installOnce({
    name,
    title,
    pins: [pins, python.program, ...python.version].join('\n'),
    install: (target, progress) => createVenv(python, target, packages, processes, progress),
  }, steps);
  return venvPython(folder);
}

/** Installs the packages of a requirements file, which includes all transitive dependencies. */
export function installRequirements(
  requirements: string, packages: Pick<PythonPackages, 'name' | 'title' | 'description'>, processes: Processes, steps: Steps,
): Promise<string> {
  return installPythonPackages({ ...packages, args: ['--no-deps', '-r', requirements], pins: fs.readFileSync(requirements, 'utf8') }, processes, steps);
}
