// Runs the fuzzer with many examples against the example apps and writes a dated report.
import { randomInt } from 'node:crypto';
import * as fs from 'node:fs';
import { startLocalApp } from '../../local/run-app';
import { EXCLUDED_CHECKS, fuzz, FUZZED_APPS, type FuzzRates, type FuzzReport } from '../../test/helpers/e2e/schemathesis';

/** The apps of the end-to-end test and the reference apps with their legacy routes. */
const APPS: readonly { readonly app: string; readonly paths?: string }[] = [...FUZZED_APPS, ...[1, 2, 3, 4, 5].map((n) => ({ app: `examples/reference/r${n}` }))];
const MINIMUM_REQUESTS = 2_000;
/** Random examples per operation, in addition to boundary values and links. With 150 examples, three of five runs missed an empty parameter. */
const EXAMPLES = 1_000;

type Phases = Readonly<Record<string, FuzzRates>>;

interface FuzzedApp {
  readonly app: string;
  readonly code: number | null;
  readonly output: string;
  readonly report: FuzzReport;
}

function render(runs: readonly FuzzedApp[], date: string): string {
  return [
    `# Fuzzing, ${date}`,
    `\`npm run check:slow\`: Schemathesis against apps on the emulator, with the document of \`GET /openapi.json\`. All checks except ${EXCLUDED_CHECKS.join(' and ')}.`,
    ...runs.flatMap(section),
  ].join('\n\n') + '\n';
}

function section({ app, output, report }: FuzzedApp): string[] {
  const { seed, running_time: seconds, operations, phases, test_cases: cases, valid_rates: rates } = report;
  const sum = (of: keyof FuzzRates, byPhase: Phases) => Object.values(byPhase).reduce((total, each) => total + each[of], 0);
  return [
    `## ${app}`,
    `${cases.generated} requests to ${operations.tested} operations in ${seconds.toFixed(0)} seconds, seed ${seed}: ${cases.with_failures} findings. `
      + `Phases: ${Object.entries(phases).map(([name, { status }]) => `${name} ${status}`).join(', ')}.`,
    ['Valid requests by result, without link requests:', '', '| Operation | Accepted | Rejected | Not found |', '|---|---|---|---|',
      ...Object.entries(rates).map(([name, each]) => `| ${name} | ${sum('accepted', each)} | ${sum('rejected', each)} | ${sum('unreachable', each)} |`)].join('\n'),
    ...(cases.with_failures > 0 ? [`\`\`\`\n${output}\n\`\`\``] : []),
  ];
}

async function run({ app: name, ...options }: { readonly app: string; readonly paths?: string }): Promise<FuzzedApp> {
  const app = await startLocalApp({ app: name, log: console.log });
  try {
    const { baseUrl, apiKey } = app.outputs;
    const { code, output, report } = await fuzz({ baseUrl, apiKey: apiKey ?? '', examples: EXAMPLES, seed: randomInt(2 ** 31), ...options });
    if (!report) throw new Error(`Schemathesis wrote no report: ${output}`);
    return { app: name, code, output, report };
  } finally {
    await app.close();
  }
}

/** Returns whether the fuzzer sent enough requests and found no failures. */
export async function fuzzReport(date: string): Promise<boolean> {
  const runs: FuzzedApp[] = [];
  for (const { app, ...options } of APPS) runs.push(await run({ app, ...options }));
  const file = `docs/reports/${date}-fuzzing.md`;
  fs.writeFileSync(file, render(runs, date));
  console.log(file);
  return runs.every(({ code }) => code === 0) && runs.reduce((sum, { report }) => sum + report.test_cases.generated, 0) >= MINIMUM_REQUESTS;
}
