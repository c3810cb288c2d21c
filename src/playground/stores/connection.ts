/** What the API can do, from `GET /models`. The request also checks the credentials. */
import { signal, type ReadonlySignal } from '@preact/signals-core';
import { type Capabilities } from '../../private/contract/responses';
import { type Api } from '../api/api';
import { type ApiProblem, type LostReason } from '../api-result';

export type ConnectionState =
  | { readonly state: 'idle' | 'ready' }
  /** `since`: epoch milliseconds of the first attempt. */
  | { readonly state: 'connecting'; readonly since: number }
  | { readonly state: 'failed'; readonly problem: ApiProblem }
  /** `repeatAt`: epoch milliseconds at which the page tries again. */
  | { readonly state: 'lost'; readonly reason: LostReason; readonly repeatAt: number };

export interface Connection {
  readonly state: ReadonlySignal<ConnectionState>;
  /** Absent until the first response. It stays when a later request fails. */
  readonly capabilities: ReadonlySignal<Capabilities | undefined>;
  /** Requests the capabilities with the credentials of the session. */
  connect(): Promise<void>;
}

const REPEAT_MS = 10_000;

export function createConnection(api: Pick<Api, 'capabilities'>, now: () => number): Connection {
  const state = signal<ConnectionState>({ state: 'idle' });
  const capabilities = signal<Capabilities | undefined>(undefined);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;

  async function connect(): Promise<void> {
    const current = ++attempt;
    clearTimeout(timer);
    state.value = { state: 'connecting', since: now() };
    const result = await api.capabilities();
    // credentials that were entered since then have their own request
    if (current !== attempt) return;
    if (result.ok) {
      capabilities.value = result.value;
      state.value = { state: 'ready' };
    } else if ('problem' in result) {
      state.value = { state: 'failed', problem: result.problem };
    } else {
      state.value = { state: 'lost', reason: result.lost, repeatAt: now() + REPEAT_MS };
      timer = setTimeout(() => void connect(), REPEAT_MS);
    }
  }

  return { state, capabilities, connect };
}
