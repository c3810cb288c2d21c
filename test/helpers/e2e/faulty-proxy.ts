import * as http from 'node:http';
import type { AddressInfo } from 'node:net';

/** What happens to the next answer on its way back, once the API is done with the request. */
export type Fault = 'drop' | 'error';

/** A network that loses answers. */
export class FaultyProxy {
  public static async start(target: string): Promise<FaultyProxy> {
    const proxy = new FaultyProxy(new URL(target));
    await new Promise<void>((listening) => proxy.server.listen(0, '127.0.0.1', listening));
    return proxy;
  }

  public next?: Fault;
  private readonly server = http.createServer((request, response) => this.pass(request, response));

  private constructor(private readonly target: URL) {}

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}${this.target.pathname}`;
  }

  public close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private pass(request: http.IncomingMessage, response: http.ServerResponse): void {
    const { hostname, port } = this.target;
    const headers = { ...request.headers, host: this.target.host };
    const upstream = http.request({ hostname, port, method: request.method, path: request.url, headers }, (reply) => {
      const chunks: Buffer[] = [];
      reply.on('data', (chunk: Buffer) => chunks.push(chunk));
      reply.on('end', () => {
        const fault = this.next;
        this.next = undefined;
        if (fault === 'drop') request.socket.destroy();
        else if (fault === 'error') response.writeHead(500, { 'Content-Type': 'text/plain' }).end('a proxy is broken');
        else response.writeHead(reply.statusCode ?? 502, reply.headers).end(Buffer.concat(chunks));
      });
    });
    upstream.on('error', () => response.destroy());
    request.pipe(upstream);
  }
}
