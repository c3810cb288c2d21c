import * as http from 'node:http';
import type { AddressInfo } from 'node:net';

/** A fault that the proxy injects into a response: a closed connection, or a 500 in place of the response. */
export type Fault = 'drop' | 'error';

/** An HTTP proxy in front of the API that can lose a response after the API has processed the request. */
export class FaultyProxy {
  public static async start(target: string): Promise<FaultyProxy> {
    const proxy = new FaultyProxy(new URL(target));
    await new Promise<void>((listening) => proxy.server.listen(0, '127.0.0.1', listening));
    return proxy;
  }

  /** The fault for the next response. */
  public next?: Fault;
  private readonly server = http.createServer((request, response) => this.forward(request, response));

  private constructor(private readonly target: URL) {}

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}${this.target.pathname}`;
  }

  public close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private forward(request: http.IncomingMessage, response: http.ServerResponse): void {
    const { hostname, port } = this.target;
    const headers = { ...request.headers, host: this.target.host };
    const upstream = http.request({ hostname, port, method: request.method, path: request.url, headers }, (apiResponse) => {
      const chunks: Buffer[] = [];
      apiResponse.on('data', (chunk: Buffer) => chunks.push(chunk));
      apiResponse.on('end', () => {
        const fault = this.next;
        this.next = undefined;
        if (fault === 'drop') request.socket.destroy();
        else if (fault === 'error') response.writeHead(500, { 'Content-Type': 'text/plain' }).end('proxy error');
        else response.writeHead(apiResponse.statusCode ?? 502, apiResponse.headers).end(Buffer.concat(chunks));
      });
    });
    upstream.on('error', () => response.destroy());
    request.pipe(upstream);
  }
}
