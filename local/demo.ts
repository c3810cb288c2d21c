import * as fs from 'node:fs';
import * as path from 'node:path';
import { downloadImage, type DownloadedImage, requestImage, sha256 } from './api/request-image';
import { DEMO_USAGE, type DemoArguments, parseDemoArguments } from './cli/arguments';
import { INTERRUPTED_EXIT_CODE, runCommand } from './cli/run-command';
import { seconds, Steps } from './cli/steps';
import { displayPath } from './processes/paths';
import { type LocalApp, startLocalApp } from './run-app';

async function demo(args: DemoArguments, signal: AbortSignal): Promise<void> {
  const start = performance.now();
  const steps = new Steps(process.stdout);
  steps.line(`\n  Generating an image with ${args.app}: API Gateway, Lambda, model, S3 and a presigned URL, all on this machine\n`);
  const app = await startLocalApp({ app: args.app, steps, signal });
  try {
    const image = await generate(app, args, steps);
    fs.mkdirSync(path.dirname(args.out), { recursive: true });
    fs.writeFileSync(args.out, image.bytes);
    steps.line(`\n  ${args.out}`);
    steps.line(`  ${image.width} x ${image.height} ${image.type}, ${image.bytes.length} bytes, seed ${image.seed}, SHA-256 ${sha256(image.bytes)}`);
  } catch (error) {
    if (!signal.aborted) steps.line(`\n  Logs: ${displayPath(app.emulatorLog)}\n        ${displayPath(await app.saveHandlerLogs())}`);
    throw error;
  } finally {
    await app.close();
  }
  steps.line(`  done in ${seconds(start)}, all processes are stopped\n`);
  printNextSteps(steps);
}

async function generate(app: LocalApp, { prompt, seed, out }: DemoArguments, steps: Steps): Promise<DownloadedImage> {
  const outputFormat = /\.jpe?g$/i.test(out) ? 'jpeg' : 'png';
  const response = await steps.run(`POST /images "${prompt.length > 30 ? `${prompt.slice(0, 29)}…` : prompt}"`, () =>
    requestImage(app.outputs, { prompt, seed, outputFormat }));
  return steps.run('GET the presigned URL', () => downloadImage(response));
}

function printNextSteps({ line }: Steps): void {
  line('  Next:');
  line('    npm run demo -- --prompt "a fox asleep in the snow" --seed 11 --out fox.png');
  line('    npm run local                                 run the API and call it with curl');
  line('    examples/quickstart/app.ts                    the deployed app');
  line('    docs/getting-started.md                       deploy the API to your AWS account\n');
}

void runCommand(async (signal) => {
  // npm changes the working directory; --out is relative to the user's directory
  const args = parseDemoArguments(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd());
  if (args) await demo(args, signal);
  else process.stdout.write(`${DEMO_USAGE}\n`);
}, INTERRUPTED_EXIT_CODE);
