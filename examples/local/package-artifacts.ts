import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { withLock } from './lock';
import { REPOSITORY, STATE } from './paths';
import { lastLines, RunProblem } from './problem';
import { Processes } from './processes';
import { Progress, Steps } from './steps';

const PACKAGE = 'cdk-genai-image-api';

/** What the package is made from. */
const SOURCES = ['src', 'projenrc', '.projenrc.ts', 'package.json', 'package-lock.json', 'tsconfig.json'];
/** Written into `src` by the build itself. */
const GENERATED = /\.generated\./;

const RECORD = path.join(STATE, 'package.json');
const TARBALLS = path.join(REPOSITORY, 'dist', 'js');
const UNPACKED = path.join(REPOSITORY, 'examples', 'node_modules', PACKAGE);

/** The example apps import the packed package, as users do: builds, packs and unpacks it unless that was done from these sources. */
export async function packedPackage(processes: Processes, steps: Steps): Promise<void> {
  const sources = hashOf(SOURCES.map((source) => path.join(REPOSITORY, source)));
  if (isCurrent(sources)) return;
  await steps.run(`Building and packing ${PACKAGE}`, (progress) =>
    withLock(path.join(STATE, 'package.lock'), (pid) => progress(`process ${pid} is building it`), async () => {
      if (isCurrent(sources)) return;
      fs.rmSync(RECORD, { force: true });
      for (const task of ['pre-compile', 'compile', 'package:js']) await runTask(processes, task, progress);
      await unpack(processes);
      fs.writeFileSync(RECORD, JSON.stringify({ sources }));
    }));
}

function isCurrent(sources: string): boolean {
  if (!fs.existsSync(RECORD) || !fs.existsSync(UNPACKED) || !findTarball()) return false;
  return (JSON.parse(fs.readFileSync(RECORD, 'utf8')) as { sources?: string }).sources === sources;
}

function findTarball(): string | undefined {
  const names = fs.existsSync(TARBALLS) ? fs.readdirSync(TARBALLS).filter((name) => name.endsWith('.tgz')) : [];
  return names.length === 1 ? path.join(TARBALLS, names[0]) : undefined;
}

async function runTask(processes: Processes, task: string, progress: Progress): Promise<void> {
  progress(`npx projen ${task}`);
  const { code, output } = await processes.run('npx', ['projen', task], { cwd: REPOSITORY, env: process.env });
  if (code === 0) return;
  throw new RunProblem(`the package does not build: npx projen ${task} failed`, 'correct what it says; after a git pull, npm ci first', lastLines(output));
}

/** Unpacks beside the old copy and swaps them. Peer dependencies resolve from the repository's node_modules. */
async function unpack(processes: Processes): Promise<void> {
  const tarball = findTarball();
  if (!tarball) throw new RunProblem('npx projen package:js left no single tarball in dist/js', 'remove dist and run the command again');
  const fresh = `${UNPACKED}.${process.pid}`;
  fs.rmSync(fresh, { recursive: true, force: true });
  fs.mkdirSync(fresh, { recursive: true });
  const { code, output } = await processes.run('tar', ['-xzf', tarball, '-C', fresh, '--strip-components', '1'], { env: process.env });
  if (code !== 0) throw new RunProblem(`cannot unpack ${tarball}`, 'have tar on the PATH', lastLines(output));
  fs.rmSync(UNPACKED, { recursive: true, force: true });
  fs.renameSync(fresh, UNPACKED);
}

function hashOf(files: readonly string[]): string {
  const hash = crypto.createHash('sha256');
  const add = (file: string) => {
    if (fs.statSync(file).isDirectory()) {
      for (const name of fs.readdirSync(file).sort()) add(path.join(file, name));
    } else if (!GENERATED.test(path.basename(file))) {
      hash.update(path.relative(REPOSITORY, file)).update('\0').update(fs.readFileSync(file)).update('\0');
    }
  };
  files.forEach(add);
  return hash.digest('hex');
}
