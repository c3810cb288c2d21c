import * as fs from 'node:fs';
import * as path from 'node:path';
import { type Steps } from '../cli/steps';
import { installPythonPackages } from '../install/python-packages';
import { type Processes } from '../processes/processes';

const REQUIREMENTS = path.join(__dirname, 'requirements.txt');

/** Installs the emulator and returns the Python executable that runs it. */
export function installEmulator(processes: Processes, steps: Steps): Promise<string> {
  return installPythonPackages({
    name: 'emulator',
    title: 'the AWS emulator (MiniStack, 110 MB)',
    description: 'the AWS emulator',
    // the requirements include all transitive dependencies
    args: ['--no-deps', '-r', REQUIREMENTS],
    pins: fs.readFileSync(REQUIREMENTS, 'utf8'),
  }, processes, steps);
}
