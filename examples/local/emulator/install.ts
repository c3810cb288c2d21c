import * as fs from 'node:fs';
import * as path from 'node:path';
import { installOnce } from '../install';
import { Processes } from '../processes';
import { findPython, makeVenv, venvPython } from '../python';
import { Steps } from '../steps';

const REQUIREMENTS = path.join(__dirname, 'requirements.txt');

/** Installs the emulator into a virtual environment of its own; answers the environment's Python program. */
export async function installEmulator(processes: Processes, steps: Steps): Promise<string> {
  const python = await findPython(processes);
  const folder = await installOnce({
    name: 'emulator',
    title: 'the AWS emulator (MiniStack, 110 MB)',
    pins: [fs.readFileSync(REQUIREMENTS, 'utf8'), python.program, ...python.version].join('\n'),
    // the requirements pin all of it, what they require in turn included
    install: (target, progress) => makeVenv(python, target, { what: 'the AWS emulator', args: ['--no-deps', '-r', REQUIREMENTS] }, processes, progress),
  }, steps);
  return venvPython(folder);
}
