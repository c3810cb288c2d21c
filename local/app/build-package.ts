import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { lastLines, LocalRunError } from '../cli/local-run-error';
import { type Progress, type Steps } from '../cli/steps';
import { withFileLock } from '../processes/file-lock';
import { REPOSITORY, STATE } from '../processes/paths';
import { type Processes } from '../processes/processes';

const PACKAGE_NAME = 'cdk-genai-image-api';

/** Inputs of the package build. */
const SOURCES = ['src', 'projenrc', '.projenrc.ts', 'package.json', 'package-lock.json', 'tsconfig.json'];
/** Files that the build writes into `src`. */
const GENERATED = /\.generated\./;

const DIST = path.join(REPOSITORY, 'dist');
const INSTALLED = path.join(REPOSITORY, 'examples', 'node_modules', PACKAGE_NAME);

/**
 * The languages of the examples, with the commands of the build and the extension of the package in `dist`. Unlike the tasks of projen,
 * the commands leave snippets as they are that `rosetta:extract` has not translated, because translating takes a minute.
 */
const BUILDS = {
  js: { commands: ['projen pre-compile', 'projen compile', 'projen package:js'], extension: '.tgz' },
  python: { commands: ['jsii-pacmak --target python --rosetta-unknown-snippets verbatim'], extension: '.whl' },
  java: { commands: ['jsii-pacmak --target java --rosetta-unknown-snippets verbatim'], extension: '.jar' },
} as const;

/** jsii supports Node 20, but prints a warning about its end of life. */
const NODE_20 = { JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' };

export type Language = keyof typeof BUILDS;
export const LANGUAGES = Object.keys(BUILDS);

/** Whether an example language has this name. */
export function isLanguage(name: string): name is Language {
  return LANGUAGES.includes(name);
}

export interface BuiltPackage {
  /** Hash of the sources. */
  readonly sources: string;
  readonly file: string;
}

/**
 * Builds the package for a language, unless a package of the current sources exists. The example apps import it as users do.
 * The packages of other languages require a built npm package.
 */
export async function buildPackage(language: Language, processes: Processes, steps: Steps): Promise<BuiltPackage> {
  const sources = hashFiles(SOURCES.map((source) => path.join(REPOSITORY, source)));
  if (!isCurrent(language, sources)) {
    await steps.run(`Building and packing ${PACKAGE_NAME} (${language})`, (progress) =>
      withFileLock(path.join(STATE, 'package.lock'), (pid) => progress(`process ${pid} is building it`), async () => {
        if (isCurrent(language, sources)) return;
        fs.rmSync(buildRecord(language), { force: true });
        for (const command of BUILDS[language].commands) await runBuild(processes, command, progress);
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
  return names.filter((name) => name.endsWith(BUILDS[language].extension) && !/-(sources|javadoc)\.jar$/.test(name)).map((name) => path.join(folder, name));
}

function findArtifact(language: Language): string {
  const files = findArtifacts(language);
  if (files.length === 1) return files[0];
  throw new LocalRunError(`expected one package in dist/${language}, found ${files.length}`, 'remove dist and run the command again');
}

async function runBuild(processes: Processes, command: string, progress: Progress): Promise<void> {
  progress(`npx ${command}`);
  const { code, output } = await processes.run('npx', command.split(' '), { cwd: REPOSITORY, env: { ...process.env, ...NODE_20 } });
  if (code === 0) return;
  throw new LocalRunError(`the package build failed: npx ${command}`, 'correct the errors above; after a git pull, run npm ci first', lastLines(output));
}

/** Replaces the npm package in `examples/node_modules`. Its peer dependencies resolve from the repository's `node_modules`. */
async function installForExamples(processes: Processes): Promise<void> {
  const tarball = findArtifact('js');
  const next = `${INSTALLED}.${process.pid}`;
  fs.rmSync(next, { recursive: true, force: true });
  fs.mkdirSync(next, { recursive: true });
  const { code, output } = await processes.run('tar', ['-xzf', tarball, '-C', next, '--strip-components', '1'], { env: process.env });
  if (code !== 0) throw new LocalRunError(`cannot extract ${tarball}`, 'install tar and add it to the PATH', lastLines(output));
  // jsii-docgen searches the repository for packages, and would document this copy
  fs.rmSync(path.join(next, '.jsii'), { force: true });
  fs.rmSync(INSTALLED, { recursive: true, force: true });
  fs.renameSync(next, INSTALLED);
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
