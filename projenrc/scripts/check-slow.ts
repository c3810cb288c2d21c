// Runs the checks that are too slow for every change (`npm run check:slow`): the coverage of the unit tests, a fuzzer that compares responses
// with the OpenAPI document, clients of OpenAI's API during failures, load, the page with Lighthouse, the fault matrix without single guards, and
// mutation tests of the code that spends money or protects it. All but the first write a dated report.
// usage: tsx check-slow.ts [coverage | fuzz | clients [names...] | load | lighthouse | guards [files or areas...] | mutation [areas...]]
import { spawnSync } from 'node:child_process';
import { clientsReport } from './clients-report';
import { fuzzReport } from './fuzz-report';
import { guardsReport } from './guards-report';
import { lighthouseReport } from './lighthouse-report';
import { loadReport } from './load-report';
import { mutationReport } from './mutation-report';
import { describeFailure } from '../../local/cli/local-run-error';

const MINIMUM_COVERAGE = { global: { statements: 95, branches: 95, functions: 95 } };

/** Components of the page run in the browser tests only. */
const COVERED = ['src/**/*.ts', '!src/**/*.generated.*', '!src/playground/{views,parts}/**'];

/** Returns whether the unit tests pass and cover the minimum. */
function coverage(): boolean {
  const { status } = spawnSync('npx', [
    // the other provider counts files that have only types as not covered
    'jest', '--ci', '--coverage', '--coverageProvider=babel', '--maxWorkers=2', ...COVERED.map((pattern) => `--collectCoverageFrom=${pattern}`),
    `--coverageThreshold=${JSON.stringify(MINIMUM_COVERAGE)}`,
  ], { stdio: 'inherit' });
  return status === 0;
}

/** Runs a part and returns whether it passed. */
type Part = (date: string, args: readonly string[]) => Promise<boolean> | boolean;
const PARTS: Readonly<Record<string, Part>> = {
  coverage, fuzz: fuzzReport, clients: clientsReport, load: loadReport, lighthouse: lighthouseReport, guards: guardsReport, mutation: mutationReport,
};

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
