import * as http from 'node:http';
import * as https from 'node:https';
import { NodeHttpHandler } from '@smithy/node-http-handler';

/** Servers close idle connections after a minute or so; a frozen function does not notice. */
const MAX_IDLE_MS = 10_000;
const CONNECT_TIMEOUT_MS = 3_000;

/**
 * Kept-alive connections, but none that was idle for long. A connection that the server closed while the function was frozen
 * fails with the next call exactly as one that broke after the model drew: calls that may have been charged are not repeated,
 * so a stale connection must not be used in the first place.
 *
 * HTTP/1.1: the SDK's default HTTP/2 handler opens a connection for every call.
 */
export class ConnectionPool {
  private readonly agents = { httpAgent: new http.Agent({ keepAlive: true }), httpsAgent: new https.Agent({ keepAlive: true }) };
  // no time-out for reading, not even the SDK's default: the caller's deadline bounds the call
  public readonly requestHandler = new NodeHttpHandler({ ...this.agents, connectionTimeout: CONNECT_TIMEOUT_MS, socketTimeout: 0 });
  private running = 0;
  private idleSince = 0;

  public async use<T>(call: () => Promise<T>): Promise<T> {
    if (this.running === 0 && Date.now() - this.idleSince > MAX_IDLE_MS) this.closeAll();
    this.running++;
    try {
      return await call();
    } finally {
      this.running--;
      this.idleSince = Date.now();
    }
  }

  private closeAll(): void {
    this.agents.httpAgent.destroy();
    this.agents.httpsAgent.destroy();
  }
}
