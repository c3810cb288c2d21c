// The long run of the fuzzer, and its dated report.
import { randomInt } from 'node:crypto';
import * as fs from 'node:fs';
import { startLocalApp } from '../../examples/local/run-app';
import { EXCLUDED, fuzz, FuzzRates, FuzzReport } from '../../test/e2e/schemathesis';

const APP = 'examples/models';
const WANTED_REQUESTS = 2_000;
/** For each operation; those at the edges of the schemas and those along links come on top. */
const EXAMPLES = 150;

type Phases = Readonly<Record<string, FuzzRates>>;

function render(report: FuzzReport, output: string, date: string): string {
  const { seed, running_time: seconds, operations, phases, test_cases: cases, valid_rates: rates } = report;
  const sum = (of: keyof FuzzRates, byPhase: Phases) => Object.values(byPhase).reduce((total, each) => total + each[of], 0);
  return [
    `# Fuzzing, ${date}`,
    `\`npm run check:slow\`: Schemathesis against \`${APP}\` on the emulator, driven by its own \`GET /openapi.json\`. `
      + `${cases.generated} requests to ${operations.tested} operations in ${seconds.toFixed(0)} seconds, seed ${seed}: ${cases.with_failures} findings.`,
    `All checks but ${EXCLUDED.join(' and ')}. Phases: ${Object.entries(phases).map(([name, { status }]) => `${name} ${status}`).join(', ')}.`,
    ['Valid requests without those along links, by what became of them:', '', '| Operation | Accepted | Refused | Not found |', '|---|---|---|---|',
      ...Object.entries(rates).map(([name, each]) => `| ${name} | ${sum('accepted', each)} | ${sum('rejected', each)} | ${sum('unreachable', each)} |`)].join('\n'),
    ...(cases.with_failures > 0 ? ['## Findings', `\`\`\`\n${output}\n\`\`\``] : []),
  ].join('\n\n') + '\n';
}

/** Answers whether it found nothing in enough requests. */
export async function fuzzReport(date: string): Promise<boolean> {
  const app = await startLocalApp({ app: APP, log: console.log });
  try {
    const { code, output, report } = await fuzz({ baseUrl: app.outputs.baseUrl, apiKey: app.outputs.apiKey ?? '', examples: EXAMPLES, seed: randomInt(2 ** 31) });
    if (!report) throw new Error(`Schemathesis did not run: ${output}`);
    const file = `docs/reports/${date}-fuzzing.md`;
    fs.writeFileSync(file, render(report, output, date));
    console.log(file);
    return code === 0 && report.test_cases.generated >= WANTED_REQUESTS;
  } finally {
    await app.close();
  }
}
