// Synthesizes one stack in a fresh process and prints the CPU time as JSON. usage: node measured-process.js <module of the stack> <output folder>
import * as fs from 'node:fs';
import * as path from 'node:path';
import { type Build } from './stacks';

/** CPU time in milliseconds, user and system. */
export interface MeasuredProcess {
  /** After loading `aws-cdk-lib`, which loads most of its modules on first use: loading the stack, creating its constructs and `app.synth()`. */
  readonly part: number;
  /** The whole process, with the start of Node.js. */
  readonly total: number;
  readonly templateBytes: number;
  /** Modules loaded from packages, such as `aws-cdk-lib`, and others: those of the stack and of the construct. */
  readonly modules: { readonly packages: number; readonly others: number };
}

function cpuMs(since?: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}

async function synthesize([module, outdir]: string[]): Promise<MeasuredProcess> {
  await import('aws-cdk-lib');
  const { createApp, createStack } = await import('./stacks');
  const cdkLoaded = process.cpuUsage();
  const { build } = await import(module) as { readonly build: Build };
  const app = createApp(outdir);
  const stack = createStack(app);
  build(stack);
  app.synth();
  const [part, total] = [cpuMs(cdkLoaded), cpuMs()];
  return { part, total, templateBytes: fs.statSync(path.join(outdir, stack.templateFile)).size, modules: loadedModules() };
}

function loadedModules(): MeasuredProcess['modules'] {
  const files = Object.keys(require.cache);
  const packages = files.filter((file) => file.includes('node_modules')).length;
  return { packages, others: files.length - packages };
}

void synthesize(process.argv.slice(2)).then((measured) => process.stdout.write(JSON.stringify(measured)));
