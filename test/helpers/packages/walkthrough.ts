import * as path from 'node:path';
import { Steps } from '../../../local/cli/steps';
import { emulatorSettings } from '../../../local/differences';
import { installEmulator } from '../../../local/emulator/install-emulator';
import { startEmulator } from '../../../local/emulator/start-emulator';
import { installNode } from '../../../local/install/node-runtime';
import { startModelService } from '../../../local/model-service/server';
import { Processes } from '../../../local/processes/processes';
import { type Block } from '../markdown';
import { writeProgram } from '../temporary-files';

/** Runs code blocks as a reader does: all commands in one shell, and files written where the text names them. */
export function scriptOf(blocks: readonly Block[]): string {
  return blocks.map(({ at, code, file }) => `echo '# ${at}'\n${file ? `cat > '${file}' <<'END_OF_FILE'\n${code}END_OF_FILE\n` : code}`).join('\n');
}

/** Runs a script in a folder and returns its output. Throws if a command fails. */
export async function walk(script: string, folder: string, env: NodeJS.ProcessEnv, processes: Processes): Promise<string> {
  const { code, output } = await processes.run('bash', ['-euo', 'pipefail', '-c', script], { cwd: folder, env });
  if (code !== 0) throw new Error(`exit code ${code}\n${output.slice(-5_000)}`);
  return output;
}

export interface EmulatedAws {
  readonly endpoint: string;
  /** Environment of the CDK CLI and the AWS CLI. */
  readonly env: NodeJS.ProcessEnv;
  close(): Promise<unknown>;
}

/**
 * Starts the emulator, and adds programs to `folder` that replace what a walkthrough calls on AWS: `aws` sends commands to the emulator, and
 * `curl` calls the invoke URL of an API there.
 */
export async function startEmulatedAws(folder: string): Promise<EmulatedAws> {
  const processes = new Processes();
  const steps = Steps.toLines(() => undefined);
  const python = await installEmulator(processes, steps);
  const nodeFolder = await installNode(processes, steps);
  const modelService = await startModelService({});
  const settings = emulatorSettings({ auth: false, modelUrl: modelService.url, nodeFolder });
  const endpoint = await startEmulator(processes, { python, folder, logFile: path.join(folder, 'emulator.log'), auth: false, ...settings });
  const { output: curl } = await processes.run('sh', ['-c', 'command -v curl'], { env: process.env });
  writeProgram(folder, 'bin/aws', `exec '${python}' '${path.join(__dirname, 'aws.py')}' "$@"`);
  writeProgram(folder, 'bin/curl', `
for arg; do
  shift
  set -- "$@" "$(printf %s "$arg" | sed -E 's#^https://([a-z0-9]+)[.]execute-api[.]us-east-1[.]amazonaws[.]com/#http://\\1.execute-api.localhost:${new URL(endpoint).port}/#')"
done
exec ${curl.trim()} "$@"`);
  return { endpoint, env: emulatedEnvironment(endpoint), close: () => Promise.all([modelService.close(), processes.stopAll()]) };
}

function emulatedEnvironment(endpoint: string): NodeJS.ProcessEnv {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    // without a terminal, nobody can confirm the changes
    CDK_REQUIRE_APPROVAL: 'never',
    CDK_NOTICES: 'false',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
  };
}
