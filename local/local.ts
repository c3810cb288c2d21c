import { once } from 'node:events';
import { removeOutputs, writeOutputs } from './app/outputs';
import { LOCAL_USAGE, type LocalArguments, parseLocalArguments } from './cli/arguments';
import { runCommand } from './cli/run-command';
import { Steps } from './cli/steps';
import { summary } from './cli/summary';
import { startLocalApp } from './run-app';

async function local({ app: name, ...options }: LocalArguments, signal: AbortSignal): Promise<void> {
  const steps = new Steps(process.stdout);
  const auth = process.env.AUTH === 'true';
  steps.line(`\n  Running ${name} on this machine${auth ? ' with IAM policies evaluated' : ''}\n`);
  removeOutputs(process.pid);
  const app = await startLocalApp({ ...options, app: name, auth, steps, signal });
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

void runCommand(async (signal) => {
  const args = parseLocalArguments(process.argv.slice(2));
  if (args) await local(args, signal);
  else process.stdout.write(`${LOCAL_USAGE}\n`);
}, 0);
