import * as http from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * A fault that the proxy injects. `refuse` resets the connection instead of forwarding the request. The other faults follow the response of
 * the API: the connection is closed (`drop`), reset (`reset`), or closed within the body (`truncate`), or the response is replaced by a 500 (`error`).
 */
export type Fault = 'refuse' | 'drop' | 'reset' | 'truncate' | 'error';

/** An HTTP proxy in front of the API that can lose a response after the API has processed the request. */
export class FaultyProxy {
  public static async start(target: string): Promise<FaultyProxy> {
    const proxy = new FaultyProxy(new URL(target));
    await new Promise<void>((listening) => proxy.server.listen(0, '127.0.0.1', listening));
    return proxy;
  }

  /** The fault for the next request. */
  public next?: Fault;
  /** Is called with the status of each response of the API, before the client receives it. */
  public onResponse?: (status: number) => Promise<void>;
  private inFlight = 0;
  private readonly server = http.createServer((request, response) => this.forward(request, response));

  private constructor(private readonly target: URL) {}

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}${this.target.pathname}`;
  }

  public close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  /** Whether the API is processing no request. A client that has timed out leaves its request behind. */
  public get idle(): boolean {
    return this.inFlight === 0;
  }

  private forward(request: http.IncomingMessage, response: http.ServerResponse): void {
    if (this.next === 'refuse') {
      this.next = undefined;
      request.socket.resetAndDestroy();
      return;
    }
    this.inFlight++;
    const { hostname, port } = this.target;
    const headers = { ...request.headers, host: this.target.host };
    const upstream = http.request({ hostname, port, method: request.method, path: request.url, headers }, (apiResponse) => {
      const chunks: Buffer[] = [];
      apiResponse.on('data', (chunk: Buffer) => chunks.push(chunk));
      apiResponse.on('end', () => void this.respond(apiResponse, Buffer.concat(chunks), response));
    });
    upstream.on('close', () => { this.inFlight--; });
    upstream.on('error', () => response.destroy());
    request.pipe(upstream);
  }

  private async respond({ statusCode = 502, headers }: http.IncomingMessage, body: Buffer, response: http.ServerResponse): Promise<void> {
    const { socket } = response.req;
    await this.onResponse?.(statusCode);
    const fault = this.next;
    this.next = undefined;
    switch (fault) {
      case 'drop':
        socket.destroy();
        break;
      case 'reset':
        socket.resetAndDestroy();
        break;
      case 'truncate':
        response.writeHead(statusCode, headers).write(body.subarray(0, body.length / 2), () => socket.destroy());
        break;
      case 'error':
        response.writeHead(500, { 'Content-Type': 'text/plain' }).end('proxy error');
        break;
      default:
        response.writeHead(statusCode, headers).end(body);
    }
  }
}
