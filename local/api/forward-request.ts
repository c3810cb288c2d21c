import * as http from 'node:http';

export interface ForwardedRequest {
  readonly hostname: string;
  readonly port: string;
  /** Path and query, as the client sent them. */
  readonly path: string;
  /** Flat list of names and values. */
  readonly headers: string[];
  readonly agent: http.Agent;
  /** Returns the headers for the client, a flat list of names and values. */
  readonly responseHeaders: (upstream: http.IncomingMessage) => string[];
  /** Reports that the upstream does not respond. */
  readonly onError: (error: Error) => void;
}

/** Sends a request to another server and streams both bodies. */
export function forwardRequest(request: http.IncomingMessage, response: http.ServerResponse, options: ForwardedRequest): void {
  const { hostname, port, path, agent, headers, responseHeaders, onError } = options;
  const upstream = http.request({ hostname, port, method: request.method, path, agent, headers });
  upstream.once('response', (upstreamResponse) => {
    response.writeHead(upstreamResponse.statusCode ?? 502, responseHeaders(upstreamResponse));
    upstreamResponse.pipe(response);
    upstreamResponse.once('error', () => response.destroy());
  });
  upstream.once('error', (error) => {
    if (response.headersSent) response.destroy();
    else onError(error);
  });
  // cancels the upstream request when the client disconnects
  response.once('close', () => { if (!response.writableFinished) upstream.destroy(); });
  request.pipe(upstream);
}

/** Removes a header from raw headers, a flat list of names and values. */
export function removeHeader(name: string, rawHeaders: readonly string[]): string[] {
  return rawHeaders.filter((_, i) => rawHeaders[i - (i % 2)].toLowerCase() !== name);
}
