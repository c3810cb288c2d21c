import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

export const ROOT = path.join(__dirname, '..', '..');

/** The file of its kind that the package tasks left in dist/. */
export function artifact(folder: string, ending: string): string {
  const directory = path.join(ROOT, 'dist', folder);
  const files = fs.existsSync(directory) ? fs.readdirSync(directory).filter((name) => name.endsWith(ending)) : [];
  if (files.length !== 1) throw new Error(`expected one *${ending} in dist/${folder}, found ${files.length}; run npx projen package:${folder}`);
  return path.join(directory, files[0]);
}

/** Runs a command, with what it printed in the error if it fails. */
export function run(command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = process.env): string {
  return execFileSync(command, args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

export interface SynthesizedStack {
  readonly resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
  readonly outputs: Record<string, unknown>;
}

/** Runs the `app` command of an example's cdk.json and reads the stack that it synthesized. */
export function synthesize(folder: string, stackName: string, env: NodeJS.ProcessEnv = process.env): SynthesizedStack {
  const { app } = JSON.parse(fs.readFileSync(path.join(folder, 'cdk.json'), 'utf8')) as { app: string };
  const out = fs.mkdtempSync(path.join(ROOT, '.local', 'cdk.out-'));
  try {
    run('sh', ['-c', app], folder, { ...env, CDK_OUTDIR: out });
    const template = JSON.parse(fs.readFileSync(path.join(out, `${stackName}.template.json`), 'utf8'));
    return { resources: template.Resources, outputs: template.Outputs };
  } finally {
    fs.rmSync(out, { recursive: true, force: true });
  }
}

export function typesOf({ resources }: SynthesizedStack): string[] {
  return Object.values(resources).map(({ Type }) => Type);
}
