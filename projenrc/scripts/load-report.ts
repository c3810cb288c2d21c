// Sends a few thousand requests to examples/quickstart with a load tool, and writes a dated report: responses, latency, and what the
// processes of the function use.
import * as fs from 'node:fs';
import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { markdownTable } from './markdown-table';
import { startLocalApp, type LocalApp } from '../../local/run-app';
import { summarize } from '../../test/bench/report/statistics';
import { installAutocannon, type LoadRequest, type LoadResult } from '../../test/helpers/load/autocannon';
import { functionProcesses, type ProcessUsage } from '../../test/helpers/load/function-processes';

const CONNECTIONS = 20;
const QUARTERS = 4;
const REQUESTS_PER_ROUTE = 334;
/** The machine is shared, so that latencies differ between quarters. */
const MAX_LATENCY_GROWTH = 1.5;
const MAX_RSS_GROWTH_MB = 30;
const MAX_FILE_GROWTH = 5;
const QUERIES = 10;

const LIST = 'GET /images';
/** The routes with their requests. The emulator sorts all items of a partition for each query, so that `GET /images` takes longer with each image. */
const ROUTES: Readonly<Record<string, LoadRequest>> = {
  'POST /images': { method: 'POST', path: '/images', body: JSON.stringify({ prompt: 'a lighthouse' }) },
  [LIST]: { method: 'GET', path: '/images?limit=5' },
  // without a maximum, API Gateway would throttle it: the stage has a rate limit of 50
  'GET /models': { method: 'GET', path: '/models', maxPerSecond: 40 },
};

interface Quarter {
  readonly results: Readonly<Record<string, LoadResult>>;
  readonly processes: readonly ProcessUsage[];
  /** Milliseconds of the query of `GET /images`, sent to the emulator directly. Median. */
  readonly queryMs: number;
}

interface Measured {
  /** Requests that the emulator answers without the function. */
  readonly emulator: LoadResult;
  readonly quarters: readonly Quarter[];
}

const largest = (processes: readonly ProcessUsage[], of: Exclude<keyof ProcessUsage, 'pid'>) => Math.max(...processes.map((each) => each[of]));
const rate = ({ duration, ...counts }: LoadResult) => (counts['2xx'] + counts['4xx'] + counts['5xx']) / duration;

/** Returns what is not as required. */
function problemsOf({ quarters }: Measured): string[] {
  const [first, last] = [quarters[0], quarters[quarters.length - 1]];
  const results = quarters.flatMap(({ results: byRoute }) => Object.values(byRoute));
  const unexpected = results.reduce((sum, result) => sum + result['3xx'] + result['4xx'] + result['5xx'] + result.errors + result.timeouts, 0);
  const p50 = ({ results: byRoute }: Quarter, route: string) => byRoute[route].latency.p50;
  const slower = Object.keys(ROUTES).filter((route) => route !== LIST && p50(last, route) > p50(first, route) * MAX_LATENCY_GROWTH);
  return [
    ...(unexpected > 0 ? [`${unexpected} requests did not succeed`] : []),
    ...slower.map((route) => `the latency of ${route} grows`),
    ...(largest(last.processes, 'rssMb') > largest(first.processes, 'rssMb') + MAX_RSS_GROWTH_MB ? ['the memory grows'] : []),
    ...(largest(last.processes, 'files') > largest(first.processes, 'files') + MAX_FILE_GROWTH ? ['the number of open files grows'] : []),
  ];
}

function render({ emulator, quarters }: Measured, problems: readonly string[], date: string): string {
  const requests = QUARTERS * REQUESTS_PER_ROUTE * Object.keys(ROUTES).length;
  const { p50, p99 } = emulator.latency;
  return [
    `# Load, ${date}`,
    `\`npm run check:slow load\`: autocannon sends ${requests} requests to \`examples/quickstart\` on the emulator, at most ${CONNECTIONS} at the same time, one route after `
      + `the other in each quarter. The model responds at once. ${problems.length === 0 ? 'No problems.' : `Problems: ${problems.join('; ')}.`}`,
    'Latencies are in milliseconds.',
    markdownTable(['Quarter', 'Route', '2xx', '4xx', '5xx', 'Errors', 'Requests per second', 'p50', 'p99', 'Maximum'], quarters.flatMap(({ results }, index) => (
      Object.entries(results).map(([route, result]) => [
        index + 1, `\`${route}\``, result['2xx'], result['4xx'], result['5xx'], result.errors + result.timeouts, rate(result).toFixed(0),
        result.latency.p50, result.latency.p99, result.latency.max,
      ])))),
    'The function runs in as many processes as there are requests at the same time. Resident memory in MB, open files and sockets are those of the process that uses most.',
    markdownTable(['Quarter', 'Processes', 'Memory', 'Open files', 'Sockets', `Query of \`${LIST}\`, sent to the emulator`], quarters.map(({ processes, queryMs: ms }, index) => [
      index + 1, processes.length, largest(processes, 'rssMb').toFixed(0), largest(processes, 'files'), largest(processes, 'sockets'), `${ms.toFixed(0)} ms`,
    ])),
    'What the emulator limits: it is one process that is written in Python and shares the cores with the functions. Without an API key, when requests do not reach the function, it responds '
      + `to ${rate(emulator).toFixed(0)} requests per second (p50 ${p50} ms, p99 ${p99} ms). For each query, it sorts all items of a partition, so the latency of \`${LIST}\` is not compared. `
      + 'Latencies of AWS cannot be derived from these numbers.',
  ].join('\n\n') + '\n';
}

/** Returns the median time of the query of `GET /images`. */
async function queryMs({ clients: { dynamoDb }, stacks: [{ resources }] }: LocalApp): Promise<number> {
  const [, TableName] = Object.entries(resources).find(([logicalId]) => logicalId.startsWith('ImagesTable'))!;
  const times: number[] = [];
  for (let query = 0; query < QUERIES; query++) {
    const start = performance.now();
    await dynamoDb.send(new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :owner AND begins_with(sk, :images)',
      ExpressionAttributeValues: { ':owner': { S: 'client:alice' }, ':images': { S: 'IMG#' } },
      ScanIndexForward: false,
      Limit: 6,
    }));
    times.push(performance.now() - start);
  }
  return summarize(times).median;
}

async function measure(log: (line: string) => void): Promise<Measured> {
  const send = await installAutocannon();
  const app = await startLocalApp({ app: 'examples/quickstart', log });
  try {
    const { baseUrl, apiKeys } = app.outputs;
    const headers = { 'content-type': 'application/json', 'x-api-key': apiKeys.alice };
    const options = { baseUrl, headers, amount: REQUESTS_PER_ROUTE, connections: CONNECTIONS };
    // starts the processes of the function
    await send({ ...options, requests: Object.values(ROUTES), amount: CONNECTIONS * 3 });
    const quarters: Quarter[] = [];
    for (let index = 0; index < QUARTERS; index++) {
      const results: Record<string, LoadResult> = {};
      for (const [route, request] of Object.entries(ROUTES)) {
        results[route] = await send({ ...options, requests: [request] });
        log(`quarter ${index + 1} of ${QUARTERS}, ${route}: ${rate(results[route]).toFixed(0)} requests per second, p50 ${results[route].latency.p50} ms`);
      }
      quarters.push({ results, processes: functionProcesses(), queryMs: await queryMs(app) });
    }
    const emulator = await send({ ...options, headers: {}, requests: [{ method: 'GET', path: '/models' }] });
    return { emulator, quarters };
  } finally {
    await app.close();
  }
}

/** Returns whether all requests succeeded, and latency, memory and open files did not grow. */
export async function loadReport(date: string): Promise<boolean> {
  const measured = await measure(console.log);
  const problems = problemsOf(measured);
  const file = `docs/reports/${date}-load.md`;
  fs.writeFileSync(file, render(measured, problems, date));
  console.log(problems.length === 0 ? file : `${file}: ${problems.join('; ')}`);
  return problems.length === 0;
}
