import { type Fakes } from './fakes';
import { FunctionProcess } from './function-process';
import { type Pinning } from './pinning';
import { cpuMs, peakRssMb } from './process-statistics';
import { type Row } from '../rows/row';

/** What one process used. CPU times are in milliseconds, memory in MB. */
export interface Measurement {
  readonly initMs: number;
  readonly initCpu: number;
  readonly firstMs: number;
  readonly firstCpu: number;
  /** By the size of the image. */
  readonly warm: Readonly<Record<string, WarmMeasurement>>;
}

export interface WarmMeasurement {
  /** Of one request. */
  readonly cpu: number;
  /** Of each request. */
  readonly ms: readonly number[];
  /** Of the process until the end of these requests. */
  readonly peakRss: number;
}

/** A size of images, and the number of requests that are measured after the first one. */
export interface WarmPhase {
  readonly label: string;
  readonly imageBytes: number;
  readonly requests: number;
  /** Requests before those, which are not measured: the engine still compiles code. */
  readonly skipped?: number;
}

export interface Tools {
  readonly fakes: Fakes;
  readonly pinning: Pinning;
}

/** Runs a function in a fresh process: init, a first request with an image of the first size, and warm requests. Checks all results. */
export async function measure(row: Row, phases: readonly WarmPhase[], { fakes, pinning }: Tools): Promise<Measurement> {
  await fakes.control({ imageBytes: phases[0].imageBytes, reset: true });
  const environment = { ...row.environment, AWS_ENDPOINT_URL: fakes.url };
  const running = await FunctionProcess.start({ command: pinning.pin(row.command), environment });
  try {
    const initCpu = cpuMs(running.pid);
    const first = await running.invoke(row.scenario.event);
    const afterFirst = cpuMs(running.pid);
    row.scenario.check(first.body, await fakes.control(), 1);
    const warm: Record<string, WarmMeasurement> = {};
    for (const phase of phases) warm[phase.label] = await measureWarm(running, row, phase, fakes);
    return { initMs: running.initMs, initCpu, firstMs: first.ms, firstCpu: afterFirst - initCpu, warm };
  } finally {
    await running.stop();
  }
}

async function measureWarm(running: FunctionProcess, { scenario }: Row, phase: WarmPhase, fakes: Fakes): Promise<WarmMeasurement> {
  const { imageBytes, requests, skipped = 0 } = phase;
  await fakes.control({ imageBytes, reset: true });
  for (let request = 0; request < skipped; request++) await running.invoke(scenario.event);
  const start = cpuMs(running.pid);
  const ms: number[] = [];
  let body = '';
  for (let request = 0; request < requests; request++) {
    const result = await running.invoke(scenario.event);
    ms.push(result.ms);
    body = result.body;
  }
  const cpu = (cpuMs(running.pid) - start) / requests;
  const peakRss = peakRssMb(running.pid);
  scenario.check(body, await fakes.control(), skipped + requests);
  return { cpu, ms, peakRss };
}
