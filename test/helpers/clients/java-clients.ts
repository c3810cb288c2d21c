import * as fs from 'node:fs';
import * as path from 'node:path';
import { downloadError, LocalRunError, lastLines } from '../../../local/cli/local-run-error';
import { type Progress } from '../../../local/cli/steps';
import { installOnce } from '../../../local/install/install-once';
import { STATE } from '../../../local/processes/paths';
import { processes, program, type Sdk, start, steps } from '../e2e/sdks';

/** The dependency plugin of Maven, so that the version does not depend on the version of Maven. */
const COPY_DEPENDENCIES = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies';
/** Suppresses the log messages of clients that use SLF4J. */
const NO_LOG = 'org.slf4j:slf4j-nop:2.0.17';

export interface JavaClient {
  /** Name of the installation folder. */
  readonly name: string;
  /** The class with the method `main`. */
  readonly mainClass: string;
  /** Group, artifact and version. */
  readonly artifact: string;
  readonly size: string;
}

/** Installs the artifact of a Java client with its dependencies, compiles the program and starts it. */
export async function startJavaClient(client: JavaClient): Promise<Sdk> {
  const { name, mainClass, artifact, size } = client;
  const sources = ['Program', mainClass].map((each) => program(`java/${each}.java`));
  const folder = await installOnce({
    name,
    title: `${artifact} (${size})`,
    pins: [artifact, NO_LOG, ...sources.map((file) => fs.readFileSync(file, 'utf8'))].join('\n'),
    install: async (target, progress) => {
      const libraries = path.join(target, 'lib');
      fs.mkdirSync(libraries, { recursive: true });
      await copyDependencies(artifact, target, libraries, progress);
      progress(`compiling ${mainClass}`);
      const { code, output } = await processes.run('javac', ['-cp', `${libraries}/*`, '-d', path.join(target, 'classes'), ...sources], { env: process.env });
      if (code !== 0) throw new LocalRunError(`cannot compile ${mainClass}.java`, 'see the output above', lastLines(output));
    },
  }, steps);
  return start('java', '-cp', `${path.join(folder, 'classes')}:${path.join(folder, 'lib')}/*`, mainClass);
}

async function copyDependencies(artifact: string, folder: string, libraries: string, progress: Progress): Promise<void> {
  const pom = path.join(folder, 'pom.xml');
  fs.writeFileSync(pom, pomOf([artifact, NO_LOG]));
  const args = ['-B', '-f', pom, `-Dmaven.repo.local=${path.join(STATE, 'maven')}`, COPY_DEPENDENCIES, '-DincludeScope=runtime', `-DoutputDirectory=${libraries}`];
  const { code, output } = await processes.run('mvn', args, { env: process.env, onLine: progress });
  if (code !== 0) throw downloadError(artifact, output, `mvn ${args.join(' ')}`);
}

function pomOf(artifacts: readonly string[]): string {
  const dependencies = artifacts.map((artifact) => artifact.split(':')).map(([group, id, version]) =>
    `<dependency><groupId>${group}</groupId><artifactId>${id}</artifactId><version>${version}</version></dependency>`);
  return '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>'
    + `<groupId>local</groupId><artifactId>client</artifactId><version>1</version><dependencies>${dependencies.join('')}</dependencies></project>\n`;
}
