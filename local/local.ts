import { once } from 'node:events';
import { removeOutputs, writeOutputs } from './app/outputs';
import { LOCAL_USAGE, type LocalArguments, parseLocalArguments } from './cli/arguments';
import { runCommand } from './cli/run-command';
import { Steps } from './cli/steps';
import { OUTPUTS_FILE, displayPath } from './processes/paths';
import { type LocalApp, startLocalApp } from './run-app';
import { routesOf } from './template/template-routes';

async function local({ app: name, port, context }: LocalArguments, signal: AbortSignal): Promise<void> {
  const steps = new Steps(process.stdout);
  const auth = process.env.AUTH === 'true';
  steps.line(`\n  Running ${name} on this machine${auth ? ' with IAM policies evaluated' : ''}\n`);
  removeOutputs(process.pid);
  const app = await startLocalApp({ app: name, port, context, auth, steps, signal });
  try {
    writeOutputs(app.outputs);
    summary(app).forEach(steps.line);
    steps.line('ready');
    if (!signal.aborted) await once(signal, 'abort');
  } finally {
    removeOutputs(process.pid);
    await app.close();
  }
  steps.line('  stopped');
}

function summary({ outputs, stacks, emulatorLog }: LocalApp): string[] {
  const { baseUrl, apiKeys, apiKey, controlUrl, awsEndpointUrl, region } = outputs;
  const routes = stacks.flatMap(({ template }) => routesOf(template));
  const isSigned = routes.some(({ authorization }) => authorization === 'AWS_IAM');
  const credentials = [
    ...(apiKey ? [`-H 'x-api-key: ${apiKey}'`] : []),
    ...(isSigned ? [`--aws-sigv4 aws:amz:${region}:execute-api --user test:test`] : []),
  ];
  const curl = (...words: string[]) => ['  curl -s', `${baseUrl}/images`, ...credentials, ...words].join(' ');
  const has = (route: string) => routes.some(({ name }) => name === route);
  return [
    '',
    `  API            ${baseUrl}`,
    ...(has('POST /v1/images/generations') ? [`  OpenAI SDKs    ${baseUrl}/v1  (base URL; use an API key below)`] : []),
    `  routes         ${routes.map(({ name }) => name).join(', ')}`,
    ...Object.entries(apiKeys).map(([client, key]) => `  key of ${client.padEnd(8)}${key}`),
    ...(isSigned ? ['  credentials    access key test, secret key test'] : []),
    `  AWS emulator   ${awsEndpointUrl}  (credentials test/test, region ${region})`,
    `  models         ${controlUrl}  (GET /calls, PUT /mode {"mode":"throttle","times":1})`,
    `  outputs file   ${displayPath(OUTPUTS_FILE)}`,
    `  emulator log   ${displayPath(emulatorLog)}`,
    '',
    ...(has('POST /images') ? [curl('-H \'content-type: application/json\' -d \'{"prompt":"a red fox"}\'')] : []),
    ...(has('GET /images') ? [curl()] : []),
    '',
    '  Press Ctrl-C to stop.',
    '',
  ];
}

void runCommand(async (signal) => {
  const args = parseLocalArguments(process.argv.slice(2));
  if (args) await local(args, signal);
  else process.stdout.write(`${LOCAL_USAGE}\n`);
}, 0);
