import * as fs from 'node:fs';
import * as path from 'node:path';
import { buildPackage } from './build-package';
import { lastLines, LocalRunError } from '../cli/local-run-error';
import { type Steps } from '../cli/steps';
import { installOnce, shortHash } from '../install/install-once';
import { findPython, createVenv } from '../install/python';
import { type Processes } from '../processes/processes';

/**
 * Builds the package for the language of an app, which its dependency file identifies, and returns the environment for
 * synthesis. All languages require the npm package, because jsii runs it.
 */
export async function prepareLanguagePackage(appFolder: string, processes: Processes, steps: Steps): Promise<NodeJS.ProcessEnv> {
  await buildPackage('js', processes, steps);
  if (fs.existsSync(path.join(appFolder, 'requirements.txt'))) return preparePython(appFolder, processes, steps);
  if (fs.existsSync(path.join(appFolder, 'pom.xml'))) return prepareJava(processes, steps);
  return process.env;
}

/** Installs the requirements of the app into a virtual environment, with the local wheel of this package. */
async function preparePython(appFolder: string, processes: Processes, steps: Steps): Promise<NodeJS.ProcessEnv> {
  const { sources, file: wheel } = await buildPackage('python', processes, steps);
  const python = await findPython(processes);
  const requirements = path.join(appFolder, 'requirements.txt');
  const required = fs.readFileSync(requirements, 'utf8');
  const folder = await installOnce({
    // apps with the same requirements share an environment
    name: `python-${shortHash(required)}`,
    title: 'the packages of the Python app (240 MB)',
    pins: [sources, required, python.program, ...python.version].join('\n'),
    // wheel and requirements in one command, so that pip does not look up this package in a registry
    install: (target, progress) => createVenv(python, target, { description: 'the packages of the Python app', args: [wheel, '-r', requirements] }, processes, progress),
  }, steps);
  return { ...process.env, PATH: `${path.join(folder, 'bin')}${path.delimiter}${process.env.PATH ?? ''}` };
}

/** Builds the Maven repository that the app's pom.xml references. Maven downloads the other dependencies. */
async function prepareJava(processes: Processes, steps: Steps): Promise<NodeJS.ProcessEnv> {
  const { code } = await processes.run('mvn', ['--version'], { env: process.env });
  if (code !== 0) throw new LocalRunError('Maven is required for a Java app', 'install Maven 3.8 or later and JDK 17 or later, or select another app with --app');
  const { file: jar } = await buildPackage('java', processes, steps);
  // Maven caches a release permanently, but all builds of this repository have the same version. This replaces the cached build, and one
  // that the user installed as docs/getting-started.md says.
  const install = ['--batch-mode', '--quiet', 'install:install-file', `-DpomFile=${jar.replace(/\.jar$/, '.pom')}`, `-Dfile=${jar}`];
  const { code: failed, output } = await processes.run('mvn', install, { env: process.env });
  if (failed !== 0) throw new LocalRunError('Maven cannot install the Java package', 'correct the errors above', lastLines(output));
  return process.env;
}
