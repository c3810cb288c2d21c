import { installOnce } from './install-once';
import { findPython, createVenv, venvPython } from './python';
import { Steps } from '../cli/steps';
import { Processes } from '../processes/processes';

export interface PythonPackages {
  /** Of the folder. */
  readonly name: string;
  /** For people: what comes, and how large it is. */
  readonly title: string;
  /** For people, in the middle of a sentence. */
  readonly description: string;
  /** As `pip install` takes them. */
  readonly args: readonly string[];
  /** Names the versions: where it changes, the packages are installed anew. */
  readonly pins: string;
}

/** Installs packages into a virtual environment of their own, once; answers the environment's Python program. */
export async function installPythonPackages({ name, title, description: what, args, pins }: PythonPackages, processes: Processes, steps: Steps): Promise<string> {
  const python = await findPython(processes);
  const folder = await installOnce({
    name,
    title,
    pins: [pins, python.program, ...python.version].join('\n'),
    install: (target, progress) => createVenv(python, target, { description: what, args }, processes, progress),
  }, steps);
  return venvPython(folder);
}
