import { LocalRunError } from '../../../local/cli/local-run-error';
import { type Processes } from '../../../local/processes/processes';

/** A program that a client needs, beside Node.js and Python. */
export interface Toolchain {
  readonly name: string;
  /** Prints the version. */
  readonly command: readonly [string, ...string[]];
  /** Matches the major and the minor version in its output. */
  readonly version: RegExp;
  readonly minimum: readonly [number, number];
  readonly install: string;
}

export const GO: Toolchain = {
  name: 'Go',
  command: ['go', 'env', 'GOVERSION'],
  version: /^go(\d+)\.(\d+)/m,
  minimum: [1, 26],
  install: "install Go 1.26 or later and add 'go' to the PATH: https://go.dev/dl/",
};
export const JDK: Toolchain = {
  name: 'the JDK',
  command: ['javac', '-version'],
  version: /javac (\d+)(?:\.(\d+))?/,
  minimum: [17, 0],
  install: "install JDK 17 or later and add 'javac' and 'java' to the PATH, on Debian and Ubuntu: sudo apt install openjdk-17-jdk-headless",
};
export const MAVEN: Toolchain = {
  name: 'Maven',
  command: ['mvn', '--version'],
  version: /Apache Maven (\d+)\.(\d+)/,
  minimum: [3, 8],
  install: "install Maven 3.8 or later and add 'mvn' to the PATH, on Debian and Ubuntu: sudo apt install maven",
};

/** Checks that the programs are installed and recent enough. Throws an error that names each missing one. */
export async function checkToolchains(toolchains: readonly Toolchain[], processes: Processes, env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const problems: LocalRunError[] = [];
  for (const toolchain of new Set(toolchains)) problems.push(...await problemsOf(toolchain, processes, env));
  if (problems.length > 0) throw new LocalRunError(problems.map(({ message }) => message).join('; '), problems.map(({ fix }) => fix).join('; '));
}

async function problemsOf(toolchain: Toolchain, processes: Processes, env: NodeJS.ProcessEnv): Promise<LocalRunError[]> {
  const { name, command: [program, ...args], version, minimum, install } = toolchain;
  // the Go command would otherwise download another version of itself
  const { code, output } = await processes.run(program, args, { env: { ...env, GOTOOLCHAIN: 'local' } });
  if (code !== 0) return [new LocalRunError(`${name} is not installed ('${program}' does not run)`, install)];
  const [major = 0, minor = 0] = version.exec(output)?.slice(1).map((part) => Number(part ?? 0)) ?? [];
  if (major > minimum[0] || (major === minimum[0] && minor >= minimum[1])) return [];
  return [new LocalRunError(`${name} ${major}.${minor} is too old; ${minimum.join('.')} or later is required`, install)];
}
