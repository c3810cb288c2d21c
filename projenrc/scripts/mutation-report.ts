// Runs Stryker for each area of mutation-areas.ts and writes a dated report.
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { ACCEPTED_MUTANTS, type AcceptedMutant } from './accepted-mutants';
import { MUTATION_AREAS } from './mutation-areas';

interface Position {
  /** From 1, as `column`. */
  readonly line: number;
  readonly column: number;
}
interface Mutant {
  readonly status: string;
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly location: { readonly start: Position; readonly end: Position };
}
export interface MutatedFile {
  readonly source: string;
  readonly mutants: readonly Mutant[];
}
/** By path, as in the JSON report of Stryker. */
export type MutatedFiles = Readonly<Record<string, MutatedFile>>;

interface Survivor {
  readonly text: string;
  readonly accepted?: AcceptedMutant;
}

/** JSON report of the last Stryker run. */
const RAW = '.local/mutation.json';
/** Folder with one result for each area. */
const RESULTS = '.local/mutation';
const SOURCES = 'src/handlers/';
const DETECTED = ['Killed', 'Timeout'];
const UNDETECTED = ['Survived', 'NoCoverage'];

/** Returns the report. An accepted mutant of a mutated file that a test detects is listed as well, so that its entry is deleted. */
export function renderMutationReport(
  files: MutatedFiles, { date, durations }: { readonly date: string; readonly durations: readonly string[] }, accepted = ACCEPTED_MUTANTS,
): string {
  const survivors = Object.entries(files).flatMap(([name, file]) => survivorsOf(name, file, accepted));
  const explained = survivors.flatMap((survivor) => survivor.accepted ?? []);
  const detected = accepted.filter((mutant) => `${SOURCES}${mutant.file}` in files && !explained.includes(mutant));
  const all = Object.values(files);
  return [
    `# Mutation tests, ${date}`,
    `\`npm run check:slow mutation\`: ${durations.join(', ')}. Score ${score(all)}: ${count(all, DETECTED)} of ${count(all, [...DETECTED, ...UNDETECTED])} mutants detected.`,
    ['| File | Detected | Undetected | Score |', '|---|---|---|---|',
      ...Object.entries(files).map(([name, file]) => `| ${name} | ${count([file], DETECTED)} | ${count([file], UNDETECTED)} | ${score([file])} |`)].join('\n'),
    ...section('Not explained', survivors.filter((survivor) => !survivor.accepted).map(({ text }) => text)),
    ...section('Without an effect', survivors.flatMap(({ text, accepted: mutant }) => (mutant ? `${text}: ${mutant.reason}` : []))),
    ...section('Accepted, but detected', detected.map(({ file, mutated }) => `${SOURCES}${file}: \`${mutated}\``)),
  ].join('\n\n') + '\n';
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`## ${title}`, lines.map((line) => `- ${line}`).join('\n')];
}

function survivorsOf(name: string, { source, mutants }: MutatedFile, accepted: readonly AcceptedMutant[]): Survivor[] {
  return mutants.filter(({ status }) => UNDETECTED.includes(status)).map((mutant) => {
    const mutated = mutatedLine(source, mutant);
    return {
      text: `${name}:${mutant.location.start.line} ${mutant.mutatorName}: \`${mutated.replaceAll('`', '\'')}\``,
      accepted: accepted.find((each) => name === `${SOURCES}${each.file}` && each.mutated === mutated),
    };
  });
}

/** Returns the line of a mutant after the mutation, in one line if the mutant replaces several. */
function mutatedLine(source: string, { location: { start, end }, replacement = '' }: Mutant): string {
  const lines = source.split('\n');
  const mutated = lines[start.line - 1].slice(0, start.column - 1) + replacement + lines[end.line - 1].slice(end.column - 1);
  return mutated.trim().replace(/\s+/g, ' ');
}

function count(files: readonly MutatedFile[], statuses: readonly string[]): number {
  return files.flatMap(({ mutants }) => mutants).filter(({ status }) => statuses.includes(status)).length;
}

function score(files: readonly MutatedFile[]): string {
  const valid = count(files, [...DETECTED, ...UNDETECTED]);
  return valid > 0 ? `${((100 * count(files, DETECTED)) / valid).toFixed(1)} %` : '-';
}

/** The result of one area, which stays in `.local/mutation` so that a day's report can be made in several runs. */
interface AreaResult {
  readonly date: string;
  readonly minutes: number;
  /** Whether the area reaches the score of `thresholds.break` in test/stryker.json, below which Stryker fails. */
  readonly passed: boolean;
  readonly files: MutatedFiles;
}

/** Returns whether the areas reach the score. After each area, writes the report of all areas that have a result of this date. */
export function mutationReport(date: string, areas: readonly string[]): boolean {
  const report = `docs/reports/${date}-mutation.md`;
  const passed = (areas.length > 0 ? areas : Object.keys(MUTATION_AREAS)).map((area) => {
    const result = measureArea(area, date);
    console.log(`${area}: ${score(Object.values(result.files))}`);
    const results = resultsOf(date);
    const durations = results.map(({ name, minutes }) => `${name} ${minutes.toFixed(0)} minutes`);
    fs.writeFileSync(report, renderMutationReport(Object.assign({}, ...results.map(({ files }) => files)) as MutatedFiles, { date, durations }));
    return result.passed;
  });
  console.log(report);
  return passed.every(Boolean);
}

function measureArea(area: string, date: string): AreaResult {
  const start = Date.now();
  const passed = runStryker(area);
  const { files } = JSON.parse(fs.readFileSync(RAW, 'utf8')) as { readonly files: MutatedFiles };
  const result: AreaResult = { date, minutes: (Date.now() - start) / 60_000, passed, files };
  fs.mkdirSync(RESULTS, { recursive: true });
  fs.writeFileSync(`${RESULTS}/${area}.json`, JSON.stringify(result));
  return result;
}

function resultsOf(date: string): (AreaResult & { readonly name: string })[] {
  const names = Object.keys(MUTATION_AREAS).filter((name) => fs.existsSync(`${RESULTS}/${name}.json`));
  return names.map((name) => ({ name, ...JSON.parse(fs.readFileSync(`${RESULTS}/${name}.json`, 'utf8')) as AreaResult })).filter((result) => result.date === date);
}

/** Returns whether the area reaches the score. */
function runStryker(area: string): boolean {
  const { mutate, tests } = MUTATION_AREAS[area];
  const globs = mutate.map((glob) => (glob.startsWith('!') ? `!${SOURCES}${glob.slice(1)}` : `${SOURCES}${glob}`));
  fs.mkdirSync('.local', { recursive: true });
  fs.rmSync(RAW, { force: true });
  const { status } = spawnSync('npx', ['stryker', 'run', 'test/stryker.json', '--mutate', globs.join(',')], {
    stdio: 'inherit', env: { ...process.env, MUTATION_TESTS: tests.join(' '), MUTATION_SOURCES: mutate.join(' ') },
  });
  return status === 0;
}
