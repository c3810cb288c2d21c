import { Processes } from '../../local/processes/processes';
import { checkToolchains, GO, JDK, MAVEN } from '../helpers/clients/toolchains';
import { temporaryFolder, writeProgram } from '../helpers/temporary-files';

const processes = new Processes();
afterAll(() => processes.stopAll());

/** Checks all programs with a PATH that has only these ones. */
function check(programs: Readonly<Record<string, string>>): Promise<void> {
  const folder = temporaryFolder();
  for (const [name, output] of Object.entries(programs)) writeProgram(folder, name, `printf '%s\\n' '${output}'`);
  return checkToolchains([GO, JDK, MAVEN, JDK], processes, { PATH: folder });
}

const ALL = { go: 'go1.26.8', javac: 'javac 17.0.15', mvn: '\u001b[1mApache Maven 3.8.7\u001b[m\nJava version: 17.0.15' };

it.each([
  ['the minimum versions', ALL],
  ['later versions', { go: 'go1.27', javac: 'javac 21', mvn: 'Apache Maven 4.0.0' }],
  ['a JDK that prints its options', { ...ALL, javac: 'Picked up JAVA_TOOL_OPTIONS: -Xmx2g\njavac 17.0.15' }],
])('accepts %s', async (_title, programs) => {
  await expect(check(programs)).resolves.toBeUndefined();
});

it.each([
  ['Go', { javac: ALL.javac, mvn: ALL.mvn }, 'Go is not installed (\'go\' does not run)', GO],
  ['the JDK', { go: ALL.go, mvn: ALL.mvn }, 'the JDK is not installed (\'javac\' does not run)', JDK],
  ['Maven', { go: ALL.go, javac: ALL.javac }, 'Maven is not installed (\'mvn\' does not run)', MAVEN],
  ['a recent Go', { ...ALL, go: 'go1.25.4' }, 'Go 1.25 is too old; 1.26 or later is required', GO],
  ['a recent JDK', { ...ALL, javac: 'javac 11.0.2' }, 'the JDK 11.0 is too old; 17.0 or later is required', JDK],
])('names the program and how to install it without %s', async (_title, programs, message, { install }) => {
  await expect(check(programs)).rejects.toMatchObject({ message, fix: install });
});

it('names all missing programs at once', async () => {
  await expect(check({ go: ALL.go })).rejects.toThrow(/the JDK is not installed.*; Maven is not installed/);
});
