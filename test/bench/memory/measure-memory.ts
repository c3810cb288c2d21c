import { limitMemory } from './memory-limit';
import { FunctionExitError, FunctionProcess } from '../functions/function-process';
import { type Tools } from '../functions/measure';
import { peakRssMb, rssMb } from '../functions/process-statistics';
import { type Row } from '../rows/row';

/** Requests in a process with limited memory. */
export interface MemoryCase {
  readonly name: string;
  readonly row: Row;
  readonly imageBytes: number;
  readonly requests: number;
  /** Limits in MB, ascending. The first one that suffices is the result. */
  readonly limits: readonly number[];
}

export interface MemoryResult {
  readonly name: string;
  /** The limit that sufficed in MB. Undefined if none did, or if this machine cannot limit memory. */
  readonly limit?: number;
  /** Limits that did not suffice. */
  readonly exceeded: readonly number[];
  /** Resident memory in MB after requests, by their number. */
  readonly rssAfter: Readonly<Record<number, number>>;
  readonly peakRss?: number;
  /** Why the case was not measured. */
  readonly notMeasured?: string;
}

/** Number of requests after which the resident memory is reported. */
const REPORTED_AFTER = [1, 10, 50];

/** Finds the lowest limit with which the requests succeed. */
export async function measureMemory(memoryCase: MemoryCase, tools: Tools): Promise<MemoryResult> {
  const { name } = memoryCase;
  const exceeded: number[] = [];
  for (const limit of memoryCase.limits) {
    let group;
    try {
      group = limitMemory(limit);
    } catch (error) {
      return { name, exceeded, rssAfter: {}, notMeasured: (error as Error).message };
    }
    try {
      return { name, exceeded, limit, ...await runCase(memoryCase, (command) => group.limit(tools.pinning.pin(command), command[0]), tools) };
    } catch (error) {
      if (!(error instanceof FunctionExitError)) throw error;
      exceeded.push(limit);
    } finally {
      group.remove();
    }
  }
  return { name, exceeded, rssAfter: {} };
}

async function runCase(
  { row, imageBytes, requests }: MemoryCase, limited: (command: readonly string[]) => readonly string[], { fakes }: Tools,
): Promise<Pick<MemoryResult, 'rssAfter' | 'peakRss'>> {
  await fakes.control({ imageBytes, reset: true });
  const running = await FunctionProcess.start({ command: limited(row.command), environment: { ...row.environment, AWS_ENDPOINT_URL: fakes.url } });
  try {
    const rssAfter: Record<number, number> = {};
    let body = '';
    for (let request = 1; request <= requests; request++) {
      body = (await running.invoke(row.scenario.event)).body;
      if (REPORTED_AFTER.includes(request)) rssAfter[request] = rssMb(running.pid);
    }
    const peakRss = peakRssMb(running.pid);
    row.scenario.check(body, await fakes.control(), requests);
    return { rssAfter, peakRss };
  } finally {
    await running.stop();
  }
}
