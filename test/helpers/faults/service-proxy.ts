import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A response of the proxy in place of the service. */
export interface CannedResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/**
 * What happens to a request. `reset` closes the connection without forwarding the request, `hang` never responds. With `lose-response`, the
 * service processes the request, and the connection is closed before its response, with `truncate` within it.
 */
export type ServiceFault = 'reset' | 'hang' | 'lose-response' | 'truncate' | CannedResponse
  | { readonly delayMs: number } | { readonly rewrite: (body: string) => string };

export interface FaultRule {
  /** Is compared with the method, the URL and the header `x-amz-target` of a request. The default is every request. */
  readonly request?: RegExp;
  readonly body?: RegExp;
  readonly fault: ServiceFault;
  /** Number of requests. The default is every request. */
  readonly times?: number;
}

type Responder = (response: http.IncomingMessage, body: Buffer) => void;

/** A proxy between the functions and an AWS service. */
export class ServiceProxy {
  public static async start(): Promise<ServiceProxy> {
    const proxy = new ServiceProxy();
    await new Promise<void>((listening) => proxy.server.listen(0, '127.0.0.1', listening));
    return proxy;
  }

  /** URL of the service. */
  public target = '';
  /** Is called for each request of a function. */
  public onRequest?: (path: string) => void;
  /** Is called for each response of the service, also if the functions do not receive it. */
  public onResponse?: Responder;
  private rules: (FaultRule & { left: number })[] = [];
  private readonly waiting = new Set<http.IncomingMessage>();
  private readonly server = http.createServer({ keepAliveTimeout: 120_000, requestTimeout: 0 }, (request, response) => {
    void this.handle(request, response);
  });

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public add(rule: FaultRule): void {
    this.rules.push({ ...rule, left: rule.times ?? Infinity });
  }

  /** Removes all faults and closes the connections of requests that wait. */
  public reset(): void {
    this.rules = [];
    for (const { socket } of this.waiting) socket.destroy();
    this.waiting.clear();
  }

  public close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async handle(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    request.on('error', () => undefined);
    try {
      for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
    } catch {
      return;
    }
    const body = Buffer.concat(parts);
    this.onRequest?.(request.url ?? '');
    const fault = this.nextFault(request, body);
    if (fault === 'reset') request.socket.resetAndDestroy();
    else if (fault === 'hang') this.waiting.add(request);
    else if (typeof fault === 'object' && 'status' in fault) response.writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers }).end(fault.body);
    else await this.forward(request, response, body, fault);
  }

  private nextFault({ method, url, headers }: http.IncomingMessage, body: Buffer): ServiceFault | undefined {
    const line = `${method} ${url} ${String(headers['x-amz-target'] ?? '')}`;
    const rule = this.rules.find(({ request, body: pattern, left }) => left > 0 && (request?.test(line) ?? true) && (pattern?.test(body.toString('latin1')) ?? true));
    if (rule) rule.left--;
    return rule?.fault;
  }

  private async forward(request: http.IncomingMessage, response: http.ServerResponse, body: Buffer, fault?: ServiceFault): Promise<void> {
    const { method, url, headers } = request;
    if (typeof fault === 'object' && 'delayMs' in fault) await sleep(fault.delayMs);
    const sent = typeof fault === 'object' && 'rewrite' in fault ? Buffer.from(fault.rewrite(body.toString('utf8'))) : body;
    const upstream = http.request(`${this.target}${url}`, { method, headers: { ...headers, 'content-length': sent.length } }, (serviceResponse) => {
      const chunks: Buffer[] = [];
      serviceResponse.on('data', (chunk: Buffer) => chunks.push(chunk));
      serviceResponse.on('end', () => {
        const bytes = Buffer.concat(chunks);
        this.onResponse?.(serviceResponse, bytes);
        if (fault === 'lose-response') return request.socket.destroy();
        response.writeHead(serviceResponse.statusCode ?? 500, serviceResponse.headers);
        if (fault !== 'truncate') return response.end(bytes);
        return response.write(bytes.subarray(0, bytes.length / 2), () => request.socket.destroy());
      });
    });
    upstream.on('error', () => request.socket.destroy());
    upstream.end(sent);
  }
}
