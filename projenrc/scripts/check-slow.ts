// `npm run check:slow`: what takes too long for every change, with a dated report of each. Mutation tests of the code that
// spends money or guards it, with every mutant that no test noticed; and a fuzzer that looks for answers which the OpenAPI
// document does not know. usage: tsx check-slow.ts [fuzz|mutation [areas...]]
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { fuzzReport } from './fuzz-report';
import { MUTATION_AREAS } from './mutation-areas';

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
const NOTICED = ['Killed', 'Timeout'];
const UNNOTICED = ['Survived', 'NoCoverage'];

function render(files: MutationReport['files'], date: string, took: readonly string[]): string {
  const rows = Object.entries(files).map(([name, { mutants }]) => {
    const count = (statuses: readonly string[]) => mutants.filter(({ status }) => statuses.includes(status)).length;
    return { name, noticed: count(NOTICED), unnoticed: count(UNNOTICED) };
  });
  const survivors = Object.entries(files).flatMap(([name, { mutants }]) => mutants
    .filter(({ status }) => UNNOTICED.includes(status))
    .map(({ location, mutatorName, replacement = '' }) =>
      `- ${name}:${location.start.line} ${mutatorName}: \`${replacement.replace(/\s+/g, ' ').replaceAll('`', '\'').slice(0, 100)}\``));
  const [noticed, unnoticed] = [sumOf(rows.map((row) => row.noticed)), sumOf(rows.map((row) => row.unnoticed))];
  return [
    `# Mutation tests, ${date}`,
    `\`npm run check:slow mutation\`: ${took.join(', ')}. Score ${percent(noticed, unnoticed)}: ${noticed} of ${noticed + unnoticed} mutants noticed.`,
    ['| File | Noticed | Not noticed | Score |', '|---|---|---|---|',
      ...rows.map((row) => `| ${row.name} | ${row.noticed} | ${row.unnoticed} | ${percent(row.noticed, row.unnoticed)} |`)].join('\n'),
    `## Not noticed\n\n${survivors.join('\n')}`,
  ].join('\n\n') + '\n';
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

function percent(noticed: number, unnoticed: number): string {
  return noticed + unnoticed ? `${((100 * noticed) / (noticed + unnoticed)).toFixed(1)} %` : '-';
}

/** Answers whether each area is good enough. The report is written after each, so that what was found is there if it is stopped. */
function mutation(date: string, areas: readonly string[]): boolean {
  const files: Record<string, { readonly mutants: readonly Mutant[] }> = {};
  const took: string[] = [];
  const bad: string[] = [];
  const report = `docs/reports/${date}-mutation.md`;
  for (const area of areas.length > 0 ? areas : Object.keys(MUTATION_AREAS)) {
    const start = Date.now();
    const found = mutantsOf(area);
    const all = Object.values(found).flatMap(({ mutants }) => mutants);
    const noticed = all.filter(({ status }) => NOTICED.includes(status)).length;
    const unnoticed = all.filter(({ status }) => UNNOTICED.includes(status)).length;
    if (noticed < LEAST_SCORE * (noticed + unnoticed)) bad.push(area);
    Object.assign(files, found);
    took.push(`${area} ${((Date.now() - start) / 60_000).toFixed(0)} minutes`);
    console.log(`${area}: ${percent(noticed, unnoticed)}`);
    fs.writeFileSync(report, render(files, date, took));
  }
  console.log(report);
  return bad.length === 0;
}

const LEAST_SCORE = 0.8;

function mutantsOf(area: string): MutationReport['files'] {
  const { mutate, tests } = MUTATION_AREAS[area];
  const globs = mutate.map((glob) => (glob.startsWith('!') ? `!src/handlers/${glob.slice(1)}` : `src/handlers/${glob}`));
  fs.mkdirSync('.local', { recursive: true });
  fs.rmSync(RAW, { force: true });
  spawnSync('npx', ['stryker', 'run', 'test/stryker.json', '--mutate', globs.join(',')], { stdio: 'inherit', env: { ...process.env, MUTATION_TESTS: tests.join(' ') } });
  return (JSON.parse(fs.readFileSync(RAW, 'utf8')) as MutationReport).files;
}

async function main(): Promise<void> {
  const [part, ...args] = process.argv.slice(2);
  const date = new Date().toISOString().slice(0, 10);
  const isFuzzed = part === 'mutation' || await fuzzReport(date);
  const isNoticed = part === 'fuzz' || mutation(date, args);
  process.exitCode = isFuzzed && isNoticed ? 0 : 1;
}

void main();
