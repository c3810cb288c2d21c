import { translateError } from './call-errors';
import { ConnectionPool } from './connection-pool';
import { MIN_CALL_MS } from '../generation/deadlines';
import type { Clock } from '../generation/ports';
import { ApiError } from '../shared/errors';

/** What a client is made with. */
export interface ModelClientOptions {
  readonly region: string;
  /** The only retry layer is generation/retry.ts: the SDK's would also repeat calls that may have been charged. */
  readonly maxAttempts: 1;
  readonly requestHandler: ConnectionPool['requestHandler'];
}

/** Calls that cost money: one attempt each, bounded by a deadline, over connections that were not idle for long. One client a region. */
export class ModelClient<Client> {
  private readonly clients = new Map<string, Client>();
  private readonly connections = new ConnectionPool();

  constructor(private readonly create: (options: ModelClientOptions) => Client, private readonly clock: Clock) {}

  /** Throws `ApiError`; gives up at `deadline` (epoch milliseconds). */
  public async run<Output>(
    region: string, deadline: number, call: (client: Client, options: { readonly abortSignal: AbortSignal }) => Promise<Output>,
  ): Promise<Output> {
    const time = deadline - this.clock.now();
    if (time < MIN_CALL_MS) throw new ApiError('MODEL_TIMEOUT', 'no time was left to call the model');
    try {
      return await this.connections.use(() => call(this.client(region), { abortSignal: AbortSignal.timeout(time) }));
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
