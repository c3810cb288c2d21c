// Removes one guard of the sources after the other, runs the rows of the fault matrix that depend on it, and writes a dated report.
import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { CONTROL_ROW, type Guard, type GuardedRow, GUARDS } from './guards';
import { markdownTable } from './markdown-table';

/** A copy of the repository, so that an interrupted run leaves no source without its guard. */
const COPY = '.local/guards';
/** The local run builds the package, as users install it. The app of the matrix does not use it. */
const PACKAGE_BUILD = { file: 'local/app/prepare-language.ts', text: 'await buildPackage(\'js\', processes, steps);', replacement: '' };
const RESULTS = 'guard-results.json';
const SUITE = 'the fault matrix on the emulator';

type Replacement = Pick<Guard, 'file' | 'text' | 'replacement'>;

/** The outcome of one row. */
export interface RowResult extends GuardedRow {
  readonly passed: boolean;
  /** What Jest reports of a failed row. Empty if it passed. */
  readonly message: string;
}

interface GuardResult {
  readonly guard: Guard;
  readonly rows: readonly RowResult[];
  readonly problems: readonly string[];
}

/** Returns a source without a guard. Throws unless the source contains the text of the guard once. */
export function withoutGuard(source: string, { file, text, replacement }: Replacement): string {
  const parts = source.split(text);
  if (parts.length !== 2) throw new Error(`${file} contains ${parts.length - 1} times, not once: ${text}`);
  return parts.join(replacement);
}

/** Returns the pattern of `jest -t` for rows. */
export function testNamePattern(rows: readonly GuardedRow[]): string {
  const names = rows.map(({ area, fault }) => `${area} ${fault}`.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return `^${SUITE} (?:${names.join('|')})$`;
}

/** Copies the sources as they are in the working tree, links what is installed, and generates what the bundles need. */
function copyRepository(): void {
  fs.rmSync(COPY, { recursive: true, force: true });
  const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' }).split('\0');
  for (const file of files.filter((name) => name !== '' && !name.startsWith('docs/') && fs.existsSync(name))) fs.cpSync(file, path.join(COPY, file));
  fs.symlinkSync(path.resolve('node_modules'), path.join(COPY, 'node_modules'));
  fs.mkdirSync(path.join(COPY, '.local'));
  for (const tool of fs.readdirSync('.local').filter((name) => /^(emulator|node)-[0-9a-f]{12}$/.test(name))) {
    fs.symlinkSync(path.resolve('.local', tool), path.join(COPY, '.local', tool));
  }
  remove(PACKAGE_BUILD);
  runScript('compile-validators.ts');
}

/** Replaces a text in the copy. Returns a function that restores the file. */
function remove(replacement: Replacement): () => void {
  const file = path.join(COPY, replacement.file);
  const source = fs.readFileSync(file, 'utf8');
  fs.writeFileSync(file, withoutGuard(source, replacement));
  return () => fs.writeFileSync(file, source);
}

function runScript(name: string, ...args: string[]): void {
  execFileSync('npx', ['tsx', `projenrc/scripts/${name}`, ...args], { cwd: COPY, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Bundles the functions of the copy and runs rows of the matrix against them. */
function runRows(rows: readonly GuardedRow[]): RowResult[] {
  runScript('bundle.ts', 'src/handlers', 'assets', 'node24');
  fs.rmSync(path.join(COPY, RESULTS), { force: true });
  const jest = ['jest', '--ci', '--silent', '--config', 'test/jest.e2e.json', 'test/e2e/faults.test.ts', '-t', testNamePattern(rows), '--json', '--outputFile', RESULTS];
  const { error, signal } = spawnSync('npx', jest, { cwd: COPY, stdio: 'ignore' });
  if (error ?? signal) throw error ?? new Error(`jest ended by ${signal}`);
  return resultsOf(rows, JSON.parse(fs.readFileSync(path.join(COPY, RESULTS), 'utf8')) as JestResults);
}

interface JestResults {
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string; readonly failureMessages: readonly string[] }[];
  }[];
}

function resultsOf(rows: readonly GuardedRow[], { testResults: [suite] }: JestResults): RowResult[] {
  return rows.map(({ area, fault }) => {
    const test = suite?.assertionResults.find(({ fullName }) => fullName === `${SUITE} ${area} ${fault}`);
    if (!test || test.status === 'pending') throw new Error(`the row '${fault}' did not run: ${suite?.message ?? ''}`);
    return { area, fault, passed: test.status === 'passed', message: test.failureMessages.join('\n') };
  });
}

/** Runs the rows of a guard without it. */
function runWithout(guard: Guard): GuardResult {
  const restore = remove(guard);
  try {
    const [control, ...rows] = runRows([CONTROL_ROW, ...guard.rows]);
    const title = `${guard.file} without \`${guard.text}\``;
    const problems = rows.filter(({ passed }) => passed).map(({ fault }) => `${title}: the row '${fault}' passes`);
    return { guard, rows, problems: control.passed ? problems : [`${title}: the control row fails: ${summaryOf(control.message)}`] };
  } finally {
    restore();
  }
}

const MAX_LINES = 3;
const MAX_LENGTH = 150;

/** Returns the first differences in a message of Jest, in one line. */
export function summaryOf(message: string): string {
  const lines = message.replace(/\x1b\[\d*m/g, '').split('\n');
  const marked = (mark: RegExp) => lines.flatMap((line) => mark.exec(line)?.[1] ?? []).filter((text) => /\w/.test(text)).slice(0, MAX_LINES);
  const patterns = [/^\s*(?:-\s{2,}|Expected[^:]*:\s+)(.*\S)/, /^\s*(?:\+\s{2,}|Received[^:]*:\s+)(.*\S)/];
  const [expected, received] = patterns.map((pattern) => marked(pattern).join(' ').replace(/,$/, '').slice(0, MAX_LENGTH));
  if (expected === '' && received === '') return lines.find((line) => line.trim() !== '')?.trim().slice(0, MAX_LENGTH) ?? '';
  return [expected && `expected ${expected}`, received && `received ${received}`].filter(Boolean).join('; ');
}

/** Renders the report. */
export function renderGuardsReport(results: readonly GuardResult[], date: string, minutes: number): string {
  const problems = results.flatMap((result) => result.problems);
  const rows = results.flatMap((result) => result.rows.map((row) => tableRow(result.guard, row)));
  return [
    `# Guards, ${date}`,
    `\`npm run check:slow guards\`: removes ${results.length} guards of the sources, one at a time, and runs the rows of the [fault matrix](../faults.md) that depend on each, `
      + `${minutes.toFixed(0)} minutes. All rows pass with the guards. ${problems.length === 0 ? 'Each row fails without its guard.' : `Problems: ${problems.length}.`}`,
    'A control row, of a request that succeeds, passes in each run: the functions still work. The last column contains the first differences between what the row states and what occurred.',
    markdownTable(['The guard protects', 'Guard', 'Row', 'Without the guard', 'Differences'], rows),
    ...(problems.length > 0 ? [`## Problems\n\n${problems.map((problem) => `- ${problem}`).join('\n')}`] : []),
  ].join('\n\n') + '\n';
}

function tableRow({ protects, file, text }: Guard, { area, fault, passed, message }: RowResult): string[] {
  const location = `${file.replace('src/', '')}: ${inCode(text)}`;
  return [protects, location, `${area}: ${fault}`, passed ? 'passes' : 'fails', inCode(summaryOf(message))].map(inCell);
}

function inCode(text: string): string {
  const ticks = text.includes('`') ? '``' : '`';
  return text === '' ? '' : `${ticks}${text.trim()}${ticks}`;
}

function inCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

/** Returns whether each row passes with its guard and fails without it. With areas or parts of file names, runs only these guards and writes no report. */
export function guardsReport(date: string, names: readonly string[]): boolean {
  const isNamed = ({ file, rows }: Guard) => names.some((name) => file.includes(name) || rows.some(({ area }) => area === name));
  const selected = names.length === 0 ? GUARDS : GUARDS.filter(isNamed);
  if (selected.length === 0) throw new Error(`no guard is in ${names.join(', ')}`);
  const start = Date.now();
  copyRepository();
  console.log(`rows with all of ${selected.length} guards`);
  const broken = runRows([CONTROL_ROW, ...selected.flatMap(({ rows }) => rows)]).filter(({ passed }) => !passed);
  if (broken.length > 0) throw new Error(`rows fail with all guards: ${broken.map(({ fault, message }) => `${fault}: ${summaryOf(message)}`).join('; ')}`);
  const results = selected.map((guard, index) => {
    const result = runWithout(guard);
    console.log(`${index + 1} of ${selected.length}, without ${guard.text} in ${guard.file}`);
    for (const { fault, passed, message } of result.rows) console.log(`  ${passed ? 'PASSES' : 'fails'}: ${fault}: ${summaryOf(message)}`);
    result.problems.forEach((problem) => console.log(`  ${problem}`));
    return result;
  });
  if (names.length === 0) {
    const file = `docs/reports/${date}-guards.md`;
    fs.writeFileSync(file, renderGuardsReport(results, date, (Date.now() - start) / 60_000));
    console.log(file);
  }
  fs.rmSync(COPY, { recursive: true, force: true });
  return results.every(({ problems }) => problems.length === 0);
}
