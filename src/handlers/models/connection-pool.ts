import * as http from 'node:http';
import * as https from 'node:https';
import { NodeHttpHandler } from '@smithy/node-http-handler';

/** Servers close idle connections after about a minute. A frozen execution environment cannot detect this. */
const MAX_IDLE_MS = 10_000;
const CONNECT_TIMEOUT_MS = 3_000;

/**
 * Keeps connections alive and closes them after they were idle. If the server closed a connection while the execution environment
 * was frozen, the next call fails as if the connection was lost after the model had generated the image. Such calls may have been
 * charged and are not retried, so stale connections must not be used.
 *
 * Uses HTTP/1.1, because the SDK's default HTTP/2 handler opens a connection for every call.
 */
export class ConnectionPool {
  private readonly agents = { httpAgent: new http.Agent({ keepAlive: true }), httpsAgent: new https.Agent({ keepAlive: true }) };
  // no read timeout, not even the SDK's default: the deadline of the caller limits the call
  public readonly requestHandler = new NodeHttpHandler({ ...this.agents, connectionTimeout: CONNECT_TIMEOUT_MS, socketTimeout: 0 });
  private running = 0;
  private idleSince = 0;

  /** Runs a call that uses `requestHandler`. */
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
