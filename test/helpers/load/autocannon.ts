import * as path from 'node:path';
import { Steps } from '../../../local/cli/steps';
import { Processes } from '../../../local/processes/processes';
import { installPackages } from '../e2e/npm-packages';

const PACKAGE = 'autocannon@9.0.0';

export interface LoadRequest {
  readonly method: 'GET' | 'POST';
  /** Path after the stage, such as `/images`. */
  readonly path: string;
  readonly body?: string;
  /** Maximum rate. A run with this request must have no other one. */
  readonly maxPerSecond?: number;
}

export interface LoadOptions {
  readonly baseUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly requests: readonly LoadRequest[];
  /** Total number of requests, which are sent in turn. */
  readonly amount: number;
  /** Maximum number of requests at the same time. */
  readonly connections: number;
}

/** The result of autocannon, as far as it is used. Latencies are in milliseconds. */
export interface LoadResult {
  readonly '1xx': number;
  readonly '2xx': number;
  readonly '3xx': number;
  readonly '4xx': number;
  readonly '5xx': number;
  readonly 'errors': number;
  readonly 'timeouts': number;
  /** Seconds. */
  readonly 'duration': number;
  readonly 'latency': { readonly p50: number; readonly p99: number; readonly max: number };
}

type Autocannon = (options: object) => Promise<LoadResult>;

/** Installs the load tool and returns a function that sends requests. */
export async function installAutocannon(): Promise<(options: LoadOptions) => Promise<LoadResult>> {
  const folder = await installPackages('autocannon', [PACKAGE], new Processes(), new Steps(process.stdout));
  const { default: autocannon } = await import(path.join(folder, 'node_modules/autocannon/autocannon.js')) as { default: Autocannon };
  return ({ baseUrl, headers, requests, amount, connections }) => {
    const { origin, pathname } = new URL(baseUrl);
    return autocannon({
      url: origin,
      connections,
      amount,
      timeout: 60,
      headers,
      overallRate: requests.length === 1 ? requests[0].maxPerSecond : undefined,
      requests: requests.map(({ path: route, maxPerSecond: _, ...request }) => ({ ...request, path: `${pathname.replace(/\/$/, '')}${route}` })),
    });
  };
}
