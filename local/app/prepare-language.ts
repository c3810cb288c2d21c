import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { packPackage } from './package-artifacts';
import { LocalRunError } from '../cli/local-run-error';
import { Steps } from '../cli/steps';
import { installOnce, shortHash } from '../install/install-once';
import { findPython, createVenv } from '../install/python';
import { Processes } from '../processes/processes';

/**
 * Gives an app our package in its language, told by the file that says what the app needs. Answers the environment to
 * synthesize in; every language needs the npm package too, for jsii runs it.
 */
export async function prepareLanguagePackage(appFolder: string, processes: Processes, steps: Steps): Promise<NodeJS.ProcessEnv> {
  await packPackage('js', processes, steps);
  if (fs.existsSync(path.join(appFolder, 'requirements.txt'))) return preparePython(appFolder, processes, steps);
  if (fs.existsSync(path.join(appFolder, 'pom.xml'))) return prepareJava(processes, steps);
  return process.env;
}

/** Installs what the app requires into a virtual environment, with our wheel instead of a published one. */
async function preparePython(appFolder: string, processes: Processes, steps: Steps): Promise<NodeJS.ProcessEnv> {
  const { sources, file: wheel } = await packPackage('python', processes, steps);
  const python = await findPython(processes);
  const requirements = path.join(appFolder, 'requirements.txt');
  const required = fs.readFileSync(requirements, 'utf8');
  const folder = await installOnce({
    // apps that require the same share it
    name: `python-${shortHash(required)}`,
    title: 'the packages of the Python app (240 MB)',
    pins: [sources, required, python.program, ...python.version].join('\n'),
    // wheel and requirements in one command: pip then takes our name from the wheel and asks no registry for it
    install: (target, progress) => createVenv(python, target, { description: 'the packages of the Python app', args: [wheel, '-r', requirements] }, processes, progress),
  }, steps);
  return { ...process.env, PATH: `${path.join(folder, 'bin')}${path.delimiter}${process.env.PATH ?? ''}` };
}

/** The app's pom.xml names the repository that our build writes; Maven fetches the rest when it compiles the app. */
async function prepareJava(processes: Processes, steps: Steps): Promise<NodeJS.ProcessEnv> {
  const { code } = await processes.run('mvn', ['--version'], { env: process.env });
  if (code !== 0) throw new LocalRunError('Maven is missing, and this is a Java app', 'install Maven 3.8 or newer and a JDK 17 or newer, or choose another app with --app');
  await packPackage('java', processes, steps);
  // Maven keeps a released version for good, while the version of a checkout never changes
  fs.rmSync(path.join(os.homedir(), '.m2', 'repository', 'io', 'github', 'cdkgenaiimageapi'), { recursive: true, force: true });
  return process.env;
}
