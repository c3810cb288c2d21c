import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { lastLines, LocalRunError } from '../cli/local-run-error';
import { Progress, Steps } from '../cli/steps';
import { withFileLock } from '../processes/file-lock';
import { REPOSITORY, STATE } from '../processes/paths';
import { Processes } from '../processes/processes';

const PACKAGE_NAME = 'cdk-genai-image-api';

/** What the package is made from. */
const SOURCES = ['src', 'projenrc', '.projenrc.ts', 'package.json', 'package-lock.json', 'tsconfig.json'];
/** Written into `src` by the build itself. */
const GENERATED = /\.generated\./;

const DIST = path.join(REPOSITORY, 'dist');
const INSTALLED = path.join(REPOSITORY, 'examples', 'node_modules', PACKAGE_NAME);

/** The languages that examples are written in, each with what its package task leaves in dist. */
const BUILDS = {
  js: { tasks: ['pre-compile', 'compile', 'package:js'], ending: '.tgz' },
  python: { tasks: ['package:python'], ending: '.whl' },
  java: { tasks: ['package:java'], ending: '.jar' },
} as const;

export type Language = keyof typeof BUILDS;
export const LANGUAGES = Object.keys(BUILDS);

export function isLanguage(name: string): name is Language {
  return LANGUAGES.includes(name);
}

export interface PackedPackage {
  /** Tells one state of the sources from another. */
  readonly sources: string;
  readonly file: string;
}

/**
 * The example apps import the packed package, as users do: builds and packs it unless that was done from these sources.
 * The npm package comes first, the others are made from what it compiled.
 */
export async function packPackage(language: Language, processes: Processes, steps: Steps): Promise<PackedPackage> {
  const sources = hashFiles(SOURCES.map((source) => path.join(REPOSITORY, source)));
  if (!isCurrent(language, sources)) {
    await steps.run(`Building and packing ${PACKAGE_NAME} (${language})`, (progress) =>
      withFileLock(path.join(STATE, 'package.lock'), (pid) => progress(`process ${pid} is building it`), async () => {
        if (isCurrent(language, sources)) return;
        fs.rmSync(buildRecord(language), { force: true });
        for (const task of BUILDS[language].tasks) await runTask(processes, task, progress);
        if (language === 'js') await installForExamples(processes);
        fs.writeFileSync(buildRecord(language), JSON.stringify({ sources }));
      }));
  }
  return { sources, file: findArtifact(language) };
}

function buildRecord(language: Language): string {
  return path.join(STATE, `package-${language}.json`);
}

function isCurrent(language: Language, sources: string): boolean {
  const record = buildRecord(language);
  if (!fs.existsSync(record) || findArtifacts(language).length !== 1) return false;
  if (language === 'js' && !fs.existsSync(INSTALLED)) return false;
  return (JSON.parse(fs.readFileSync(record, 'utf8')) as { sources?: string }).sources === sources;
}

function findArtifacts(language: Language): string[] {
  const folder = path.join(DIST, language);
  if (!fs.existsSync(folder)) return [];
  const names = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith(BUILDS[language].ending) && !/-(sources|javadoc)\.jar$/.test(name)).map((name) => path.join(folder, name));
}

function findArtifact(language: Language): string {
  const files = findArtifacts(language);
  if (files.length === 1) return files[0];
  throw new LocalRunError(`npx projen package:${language} left ${files.length} packages in dist/${language}, not one`, 'remove dist and run the command again');
}

async function runTask(processes: Processes, task: string, progress: Progress): Promise<void> {
  progress(`npx projen ${task}`);
  const { code, output } = await processes.run('npx', ['projen', task], { cwd: REPOSITORY, env: process.env });
  if (code === 0) return;
  throw new LocalRunError(`the package does not build: npx projen ${task} failed`, 'correct what it says; after a git pull, npm ci first', lastLines(output));
}

/** Unpacks beside the old copy and swaps them. Peer dependencies resolve from the repository's node_modules. */
async function installForExamples(processes: Processes): Promise<void> {
  const tarball = findArtifact('js');
  const fresh = `${INSTALLED}.${process.pid}`;
  fs.rmSync(fresh, { recursive: true, force: true });
  fs.mkdirSync(fresh, { recursive: true });
  const { code, output } = await processes.run('tar', ['-xzf', tarball, '-C', fresh, '--strip-components', '1'], { env: process.env });
  if (code !== 0) throw new LocalRunError(`cannot unpack ${tarball}`, 'have tar on the PATH', lastLines(output));
  fs.rmSync(INSTALLED, { recursive: true, force: true });
  fs.renameSync(fresh, INSTALLED);
}

function hashFiles(files: readonly string[]): string {
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
