// Runs the checks that are too slow for every change (`npm run check:slow`): the coverage of the unit tests, a fuzzer that compares responses
// with the OpenAPI document, clients of OpenAI's API during failures, and mutation tests of the code that spends money or protects it. All
// but the first write a dated report.
// usage: tsx check-slow.ts [coverage | fuzz | clients [names...] | mutation [areas...]]
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { clientsReport } from './clients-report';
import { fuzzReport } from './fuzz-report';
import { MUTATION_AREAS } from './mutation-areas';
import { describeFailure } from '../../local/cli/local-run-error';

interface Mutant {
  readonly status: string;
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly location: { readonly start: { readonly line: number } };
}
interface MutationReport {
  readonly files: Readonly<Record<string, { readonly mutants: readonly Mutant[] }>>;
}

const RAW = '.local/mutation.json';
const DETECTED = ['Killed', 'Timeout'];
const UNDETECTED = ['Survived', 'NoCoverage'];
const MINIMUM_SCORE = 0.8;
const MINIMUM_COVERAGE = { global: { statements: 95, branches: 95, functions: 95 } };

function render(files: MutationReport['files'], date: string, durations: readonly string[]): string {
  const rows = Object.entries(files).map(([name, { mutants }]) => {
    const count = (statuses: readonly string[]) => mutants.filter(({ status }) => statuses.includes(status)).length;
    return { name, detected: count(DETECTED), undetected: count(UNDETECTED) };
  });
  const survivors = Object.entries(files).flatMap(([name, { mutants }]) => mutants
    .filter(({ status }) => UNDETECTED.includes(status))
    .map(({ location, mutatorName, replacement = '' }) =>
      `- ${name}:${location.start.line} ${mutatorName}: \`${replacement.replace(/\s+/g, ' ').replaceAll('`', '\'').slice(0, 100)}\``));
  const [detected, undetected] = [sumOf(rows.map((row) => row.detected)), sumOf(rows.map((row) => row.undetected))];
  return [
    `# Mutation tests, ${date}`,
    `\`npm run check:slow mutation\`: ${durations.join(', ')}. Score ${percent(detected, undetected)}: ${detected} of ${detected + undetected} mutants detected.`,
    ['| File | Detected | Undetected | Score |', '|---|---|---|---|',
      ...rows.map((row) => `| ${row.name} | ${row.detected} | ${row.undetected} | ${percent(row.detected, row.undetected)} |`)].join('\n'),
    `## Undetected\n\n${survivors.join('\n')}`,
  ].join('\n\n') + '\n';
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

function percent(detected: number, undetected: number): string {
  return detected + undetected ? `${((100 * detected) / (detected + undetected)).toFixed(1)} %` : '-';
}

/** Returns whether every area reaches the minimum score. Writes the report after each area, so that an interrupted run keeps its results. */
function mutation(date: string, areas: readonly string[]): boolean {
  const files: Record<string, { readonly mutants: readonly Mutant[] }> = {};
  const durations: string[] = [];
  const failedAreas: string[] = [];
  const report = `docs/reports/${date}-mutation.md`;
  for (const area of areas.length > 0 ? areas : Object.keys(MUTATION_AREAS)) {
    const start = Date.now();
    const found = mutantsOf(area);
    const all = Object.values(found).flatMap(({ mutants }) => mutants);
    const detected = all.filter(({ status }) => DETECTED.includes(status)).length;
    const undetected = all.filter(({ status }) => UNDETECTED.includes(status)).length;
    if (detected < MINIMUM_SCORE * (detected + undetected)) failedAreas.push(area);
    Object.assign(files, found);
    durations.push(`${area} ${((Date.now() - start) / 60_000).toFixed(0)} minutes`);
    console.log(`${area}: ${percent(detected, undetected)}`);
    fs.writeFileSync(report, render(files, date, durations));
  }
  console.log(report);
  return failedAreas.length === 0;
}

function mutantsOf(area: string): MutationReport['files'] {
  const { mutate, tests } = MUTATION_AREAS[area];
  const globs = mutate.map((glob) => (glob.startsWith('!') ? `!src/handlers/${glob.slice(1)}` : `src/handlers/${glob}`));
  fs.mkdirSync('.local', { recursive: true });
  fs.rmSync(RAW, { force: true });
  spawnSync('npx', ['stryker', 'run', 'test/stryker.json', '--mutate', globs.join(',')], { stdio: 'inherit', env: { ...process.env, MUTATION_TESTS: tests.join(' ') } });
  return (JSON.parse(fs.readFileSync(RAW, 'utf8')) as MutationReport).files;
}

/** Returns whether the unit tests pass and cover the minimum. */
function coverage(): boolean {
  const { status } = spawnSync('npx', ['jest', '--ci', '--coverage', '--maxWorkers=2', `--coverageThreshold=${JSON.stringify(MINIMUM_COVERAGE)}`], { stdio: 'inherit' });
  return status === 0;
}

/** Runs a part and returns whether it passed. */
type Part = (date: string, args: readonly string[]) => Promise<boolean> | boolean;
const PARTS: Readonly<Record<string, Part>> = { coverage, fuzz: fuzzReport, clients: clientsReport, mutation };

async function main(): Promise<void> {
  const [selected, ...args] = process.argv.slice(2);
  if (selected !== undefined && !(selected in PARTS)) throw new Error(`unknown part: ${selected}; use ${Object.keys(PARTS).join(', ')}`);
  const date = new Date().toISOString().slice(0, 10);
  const passed: boolean[] = [];
  for (const part of selected === undefined ? Object.keys(PARTS) : [selected]) passed.push(await runPart(PARTS[part], date, args));
  process.exitCode = passed.every(Boolean) ? 0 : 1;
}

/** Returns whether a part passed. A part that cannot run, for example without Go, does not stop the others. */
async function runPart(part: Part, date: string, args: readonly string[]): Promise<boolean> {
  try {
    return await part(date, args);
  } catch (error) {
    console.error(describeFailure(error));
    return false;
  }
}

void main();
