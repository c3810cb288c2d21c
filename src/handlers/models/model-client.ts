import { translateError } from './call-errors';
import { ConnectionPool } from './connection-pool';
import { MIN_CALL_MS, notEnoughTime } from '../generation/deadlines';
import type { Clock } from '../generation/ports';

/** Options of an AWS SDK client. */
export interface ModelClientOptions {
  readonly region: string;
  /** Only `generation/retry.ts` retries. The SDK would also retry calls that may have been charged. */
  readonly maxAttempts: 1;
  readonly requestHandler: ConnectionPool['requestHandler'];
}

/** Runs model calls, which cost money: one attempt with a deadline, never on a stale connection. Creates one SDK client per Region. */
export class ModelClient<Client> {
  private readonly clients = new Map<string, Client>();
  private readonly connections = new ConnectionPool();

  constructor(private readonly create: (options: ModelClientOptions) => Client, private readonly clock: Clock) {}

  /** Throws an `ApiError`. Aborts the call at `deadline` (epoch milliseconds). */
  public async run<Output>(
    region: string, deadline: number, call: (client: Client, options: { readonly abortSignal: AbortSignal }) => Promise<Output>,
  ): Promise<Output> {
    const remainingMs = deadline - this.clock.now();
    if (remainingMs < MIN_CALL_MS) throw notEnoughTime();
    try {
      return await this.connections.use(() => call(this.client(region), { abortSignal: AbortSignal.timeout(remainingMs) }));
    } catch (error) {
      throw translateError(error);
    }
  }

  private client(region: string): Client {
    let client = this.clients.get(region);
    if (!client) {
      client = this.create({ region, maxAttempts: 1, requestHandler: this.connections.requestHandler });
      this.clients.set(region, client);
    }
    return client;
  }
}
