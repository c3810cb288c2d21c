import * as path from 'node:path';
import { type Steps } from '../../../local/cli/steps';
import { installNode } from '../../../local/install/node-runtime';
import { installRequirements } from '../../../local/install/python-packages';
import { type Processes } from '../../../local/processes/processes';

const REQUIREMENTS = path.join(__dirname, '../handlers/requirements.txt');

/** Installs the Node.js of the Lambda runtime and returns its executable. */
export async function installNodeExecutable(processes: Processes, steps: Steps): Promise<string> {
  return path.join(await installNode(processes, steps), 'node');
}

/** Installs the runtime client of AWS Lambda for Python and boto3, and returns the Python executable. */
export function installPythonRuntime(processes: Processes, steps: Steps): Promise<string> {
  return installRequirements(REQUIREMENTS, {
    name: 'bench-python',
    title: 'boto3 and the runtime client of AWS Lambda for Python (45 MB)',
    description: 'boto3 and awslambdaric',
  }, processes, steps);
}
