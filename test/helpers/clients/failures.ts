import { type Client } from '../e2e/client';
import { type Fault, type FaultyProxy } from '../e2e/faulty-proxy';

/** The local run of examples/openai, and the proxy between its clients and the API. */
export interface World {
  readonly api: Client;
  readonly proxy: FaultyProxy;
}

/** A failure of one request of a client. Later requests succeed. */
export interface Failure {
  /** Title of the column in the report. */
  readonly title: string;
  readonly description: string;
  /** Arms the failure. The model service is in mode `ok` before. */
  readonly prepare: (world: World) => Promise<void>;
  /** Timeout of the client. */
  readonly timeoutMs?: number;
  /** Whether no request with the key returns an image, because the first one may have been charged. */
  readonly final?: boolean;
}

const fault = (next: Fault): Failure['prepare'] => ({ proxy }) => {
  proxy.next = next;
  return Promise.resolve();
};

/** The model fails until the client has received the status: the API itself retries calls that were not charged. */
const modelFailsUntil = (mode: string, expected: number): Failure['prepare'] => async ({ api, proxy }) => {
  await api.setModelMode(mode);
  proxy.onResponse = async (status) => {
    if (status !== expected) return;
    proxy.onResponse = undefined;
    await api.setModelMode('ok');
  };
};

/** Longer than the timeout of the client, shorter than that of its retry. */
const MODEL_DELAY_MS = 5000;

export const FAILURES: readonly Failure[] = [
  { title: 'reset before', description: 'the connection is reset before the API receives the request', prepare: fault('refuse') },
  { title: 'reset after', description: 'the connection is reset in place of the response', prepare: fault('reset') },
  { title: 'closed after', description: 'the connection is closed in place of the response', prepare: fault('drop') },
  { title: 'cut off', description: 'the connection is closed within the response', prepare: fault('truncate') },
  { title: '500 after', description: 'a proxy returns 500 in place of the response', prepare: fault('error') },
  { title: '429', description: 'the model throttles', prepare: modelFailsUntil('throttle', 429) },
  { title: '503', description: 'the model is unavailable', prepare: modelFailsUntil('unavailable', 503) },
  {
    title: 'timeout',
    description: 'the model takes 5 seconds, the client waits 3',
    timeoutMs: 3000,
    prepare: ({ api }) => api.setModelMode('slow', { delayMs: MODEL_DELAY_MS, times: 1 }),
  },
  { title: '502', description: 'the response of the model is malformed', final: true, prepare: ({ api }) => api.setModelMode('malformed', { times: 1 }) },
];
