import { type Action, type OpenAiClient } from './catalog';
import { FAILURES, type Failure, type World } from './failures';
import { measure, type Measurement, type Protection, type Request, reset, type RunningClient, sdkRequest } from './measure';

/** A row of the report: the results of one kind of request, by failure. */
export interface Row {
  readonly action: Action;
  readonly protection: Protection;
  readonly cells: readonly string[];
}

export interface ClientResult {
  readonly client: OpenAiClient;
  /** Results of generate, edit, edit with mask and an invalid parameter. */
  readonly checks: readonly string[];
  readonly rows: readonly Row[];
  readonly problems: readonly string[];
}

/** Runs all checks and failures with one client. */
export async function runClient(world: World, running: RunningClient, log: (line: string) => void): Promise<ClientResult> {
  const { client } = running;
  const problems: string[] = [];
  const report = (where: string, problem: string | undefined) => {
    if (problem !== undefined) problems.push(`${client.name}, ${where}: ${problem}`);
  };
  log(`  ${client.name}: ${client.packages.join(', ')}`);
  const checks = [...await checkRequests(world, running, report), await checkException(world, running, report)];
  const rows: Row[] = [];
  for (const request of requestsOf(client)) {
    const cells: string[] = [];
    for (const failure of FAILURES) {
      if (failure.timeoutMs !== undefined && !client.timeouts) {
        cells.push('-');
        continue;
      }
      const measurement = await measure(world, running, request, failure);
      const problem = problemOf(client, request, failure, measurement);
      report(`${request.action} with ${request.protection}, ${failure.title}`, problem);
      cells.push(problem === undefined ? cellOf(measurement) : `**${cellOf(measurement)}**`);
    }
    rows.push({ ...request, cells });
    log(`    ${request.action} (${request.protection}): ${FAILURES.map(({ title }, i) => `${title}: ${cells[i]}`).join('; ')}`);
  }
  problems.forEach((problem) => log(`    ✗ ${problem}`));
  return { client, checks, rows, problems };
}

/** Each action with a key, and without: then retries are identified by their count, or only measured. */
function requestsOf({ actions, counts, keys }: OpenAiClient): Request[] {
  return actions.flatMap((action): Request[] => [
    ...keys ? [{ action, protection: 'key' } as const] : [],
    { action, protection: counts.includes(action) ? 'count' : 'none' },
  ]);
}

async function checkRequests(world: World, running: RunningClient, report: (where: string, problem?: string) => void): Promise<string[]> {
  const requests: readonly [string, Request][] = [
    ['generate', { action: 'generate', protection: 'none' }],
    ['edit', { action: 'edit', protection: 'none' }],
    ['edit with mask', { action: 'edit', mask: true, protection: 'none' }],
  ];
  const cells: string[] = [];
  for (const [title, request] of requests) {
    if (!running.client.actions.includes(request.action)) {
      cells.push('-');
      continue;
    }
    const measurement = await measure(world, running, request);
    const problem = measurement.problem ?? (measurement.image === 'call' && measurement.calls === 1 ? undefined : JSON.stringify(measurement));
    report(title, problem);
    cells.push(problem === undefined ? cellOf(measurement) : `**${cellOf(measurement)}**`);
  }
  return cells;
}

/** Returns the exception for an invalid parameter, which must be the type of the client and contain the detail of the API. */
async function checkException(world: World, { client, sdk }: RunningClient, report: (where: string, problem?: string) => void): Promise<string> {
  await reset(world);
  const { params, detail } = client.invalid;
  const request = sdkRequest(world, { action: 'generate', protection: 'none' }, 'a lighthouse');
  const { error = 'none', status, message = '' } = await sdk.call({ ...request, params: { ...request.params, ...params } });
  const correct = error === client.exception && status === 400 && message.includes(detail);
  report(JSON.stringify(params), correct ? undefined : `${error} with status ${status}: ${message}`);
  return correct ? `\`${error}\`` : `**${error}**`;
}

/** Returns what is wrong: more than one charged call, or no image although the client or the application retries. */
function problemOf({ notRetried }: OpenAiClient, { protection }: Request, failure: Failure, measurement: Measurement): string | undefined {
  const { calls, image, error, problem } = measurement;
  if (problem !== undefined) return problem;
  if (protection === 'none') return undefined;
  if (calls !== 1) return `${calls} model calls`;
  if (failure.final) return image === 'none' ? undefined : 'an image after a failure that may have been charged';
  const expected = protection === 'key' || !notRetried.includes(failure.title);
  return expected && image === 'none' ? `no image: ${error}` : undefined;
}

function cellOf({ calls, image }: Measurement): string {
  return `${calls}, ${image === 'call' ? 'image' : image === 'none' ? 'error' : image}`;
}
