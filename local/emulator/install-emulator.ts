import * as path from 'node:path';
import { type Steps } from '../cli/steps';
import { installRequirements } from '../install/python-packages';
import { type Processes } from '../processes/processes';

const REQUIREMENTS = path.join(__dirname, 'requirements.txt');

/** Installs the emulator and returns the Python executable that runs it. */
export function installEmulator(processes: Processes, steps: Steps): Promise<string> {
  return installRequirements(REQUIREMENTS, {
    name: 'emulator',
    title: 'the AWS emulator (MiniStack, 110 MB)',
    description: 'the AWS emulator',
  }, processes, steps);
}
