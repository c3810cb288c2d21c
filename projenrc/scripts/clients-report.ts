// Calls examples/openai with the clients of OpenAI's API, during failures, and writes a dated report.
import * as fs from 'node:fs';
import { markdownTable } from './markdown-table';
import { LocalRunError } from '../../local/cli/local-run-error';
import { Processes } from '../../local/processes/processes';
import { startLocalApp } from '../../local/run-app';
import { CLIENTS, type OpenAiClient } from '../../test/helpers/clients/catalog';
import { FAILURES, type World } from '../../test/helpers/clients/failures';
import { type RunningClient } from '../../test/helpers/clients/measure';
import { type ClientResult, runClient } from '../../test/helpers/clients/run-client';
import { checkToolchains } from '../../test/helpers/clients/toolchains';
import { Client } from '../../test/helpers/e2e/client';
import { FaultyProxy } from '../../test/helpers/e2e/faulty-proxy';

function render(results: readonly ClientResult[], date: string, seconds: number): string {
  const problems = results.flatMap((result) => result.problems);
  const measured = results.flatMap(({ rows }) => rows.flatMap(({ cells }) => cells.filter((cell) => cell !== '-')));
  return [
    `# Clients of OpenAI's API, ${date}`,
    `\`npm run check:slow clients\`: ${results.length} clients against \`examples/openai\` on the emulator, ${(seconds / 60).toFixed(0)} minutes. `
      + `${measured.length} requests with a failure: ${problems.length} problems.`,
    '## Without failures\n\nEach client has only the base URL and the API key configured. The returned image is the stored PNG, for one model call.',
    markdownTable(['Client', 'Packages', 'Generate', 'Edit', 'Edit with mask', 'Exception for an invalid parameter'], results.map(({ client, checks }) =>
      [client.name, client.packages.map((each) => `\`${each}\``).join(', '), ...checks])),
    `## With a failure\n\n${FAILURES.map(({ title, description }) => `- **${title}**: ${description}`).join('\n')}`,
    'A cell has the number of charged model calls, and the result. `image`: the call of the client returns the image, with its own retries. `next call`: the call fails, '
      + 'and a next call of the application with the same `Idempotency-Key` returns the image. `error`: the call fails. Rows with `count` send `X-Stainless-Retry-Count`, '
      + 'rows with `none` identify no retries: their calls are measured, not limited.',
    markdownTable(['Client', 'Request', 'Sends', ...FAILURES.map(({ title }) => title)], results.flatMap(({ client, rows }) =>
      rows.map(({ action, protection, cells }) => [client.name, action, protection, ...cells]))),
    ...(problems.length > 0 ? [`## Problems\n\n${problems.map((problem) => `- ${problem}`).join('\n')}`] : []),
  ].join('\n\n') + '\n';
}

/** Installs the clients and starts their programs. */
async function start(clients: readonly OpenAiClient[]): Promise<RunningClient[]> {
  await checkToolchains(clients.flatMap(({ toolchains }) => toolchains), new Processes());
  const running: RunningClient[] = [];
  try {
    for (const client of clients) running.push({ client, sdk: await client.start() });
  } catch (error) {
    running.forEach(({ sdk }) => sdk.close());
    throw error;
  }
  return running;
}

async function run(clients: readonly RunningClient[]): Promise<ClientResult[]> {
  const app = await startLocalApp({ app: 'examples/openai', log: console.log });
  const proxy = await FaultyProxy.start(`${app.outputs.baseUrl}/v1`);
  try {
    const results: ClientResult[] = [];
    for (const client of clients) results.push(await runOrReport({ api: new Client(app), proxy }, client));
    return results;
  } finally {
    proxy.close();
    await app.close();
  }
}

/** Runs a client. The report has the results of the others if its program exits. */
async function runOrReport(world: World, running: RunningClient): Promise<ClientResult> {
  const { client } = running;
  return runClient(world, running, console.log)
    .catch((error: Error) => ({ client, checks: [], rows: [], problems: [`${client.name}: ${error.message}`] }));
}

/** Returns whether each image cost one model call with every client. With names of clients, calls only these and writes no report. */
export async function clientsReport(date: string, names: readonly string[]): Promise<boolean> {
  const unknown = names.filter((name) => !(name in CLIENTS));
  if (unknown.length > 0) throw new LocalRunError(`unknown clients: ${unknown.join(', ')}`, `use ${Object.keys(CLIENTS).join(', ')}`);
  const clients = await start((names.length > 0 ? names : Object.keys(CLIENTS)).map((name) => CLIENTS[name]));
  try {
    const startedAt = Date.now();
    const results = await run(clients);
    const report = render(results, date, (Date.now() - startedAt) / 1000);
    const file = `docs/reports/${date}-clients.md`;
    if (names.length === 0) fs.writeFileSync(file, report);
    console.log(names.length === 0 ? file : report);
    return results.every(({ problems }) => problems.length === 0);
  } finally {
    for (const { sdk } of clients) sdk.close();
  }
}
