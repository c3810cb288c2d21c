// `npm run check:slow`: what takes too long for every change, with a dated report of each. Mutation tests of the code that
// spends money or guards it, with every mutant that no test noticed; and a fuzzer that looks for answers which the OpenAPI
// document does not know. usage: tsx check-slow.ts [mutation|fuzz] [arguments of Stryker...]
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { fuzzReport } from './fuzz-report';

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

function render({ files }: MutationReport, date: string, minutes: number): string {
  const rows = Object.entries(files).map(([name, { mutants }]) => {
    const count = (statuses: readonly string[]) => mutants.filter(({ status }) => statuses.includes(status)).length;
    return { name, noticed: count(NOTICED), unnoticed: count(UNNOTICED) };
  });
  const sum = (of: 'noticed' | 'unnoticed') => rows.reduce((total, row) => total + row[of], 0);
  const percent = (noticed: number, unnoticed: number) => (noticed + unnoticed ? `${((100 * noticed) / (noticed + unnoticed)).toFixed(1)} %` : '-');
  const survivors = Object.entries(files).flatMap(([name, { mutants }]) => mutants
    .filter(({ status }) => UNNOTICED.includes(status))
    .map(({ location, mutatorName, replacement = '' }) =>
      `- ${name}:${location.start.line} ${mutatorName}: \`${replacement.replace(/\s+/g, ' ').replaceAll('`', '\'').slice(0, 100)}\``));
  return [
    `# Mutation tests, ${date}`,
    `\`npm run check:slow\`, ${minutes.toFixed(0)} minutes. Score ${percent(sum('noticed'), sum('unnoticed'))}: `
      + `${sum('noticed')} of ${sum('noticed') + sum('unnoticed')} mutants noticed.`,
    ['| File | Noticed | Not noticed | Score |', '|---|---|---|---|',
      ...rows.map(({ name, noticed, unnoticed }) => `| ${name} | ${noticed} | ${unnoticed} | ${percent(noticed, unnoticed)} |`)].join('\n'),
    `## Not noticed\n\n${survivors.join('\n')}`,
  ].join('\n\n') + '\n';
}

/** Answers whether the score is good enough. */
function mutation(date: string, args: readonly string[]): boolean {
  const start = Date.now();
  fs.mkdirSync('.local', { recursive: true });
  fs.rmSync(RAW, { force: true });
  const { status } = spawnSync('npx', ['stryker', 'run', 'test/stryker.json', ...args], { stdio: 'inherit' });
  const report = `docs/reports/${date}-mutation.md`;
  fs.writeFileSync(report, render(JSON.parse(fs.readFileSync(RAW, 'utf8')) as MutationReport, date, (Date.now() - start) / 60_000));
  console.log(report);
  return status === 0;
}

async function main(): Promise<void> {
  const [part, ...args] = process.argv.slice(2);
  const date = new Date().toISOString().slice(0, 10);
  const isFuzzed = part === 'mutation' || await fuzzReport(date);
  const isNoticed = part === 'fuzz' || mutation(date, args);
  process.exitCode = isFuzzed && isNoticed ? 0 : 1;
}

void main();
