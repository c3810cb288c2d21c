import * as http from 'node:http';
import { type AddressInfo } from 'node:net';
import { forwardRequest, removeHeader } from './forward-request';
import { HOST } from '../processes/free-port';
import { listenOnPort } from '../processes/listen';

/** Range of the default ports. */
const PORTS = [3000, 3019] as const;

/** The API stage behind the proxy. */
export interface Target {
  /** URL of the emulator. */
  readonly emulator: string;
  readonly apiId: string;
  readonly stage: string;
  /** Paths, without the stage, where the proxy copies the API key from `Authorization: Bearer` to `x-api-key`. */
  readonly bearerKeyPaths?: readonly string[];
}

export interface InvokeUrlProxy {
  /** Starts to forward requests. Returns the invoke URL without a trailing slash. */
  forwardTo(target: Target): string;
  close(): Promise<void>;
}

/**
 * Starts a proxy that replaces the invoke URL of a stage. It forwards requests with the host name that the emulator expects.
 * It starts before the emulator, so that an unavailable port is reported immediately.
 *
 * @param port Port of the proxy. Without it, a free port from 3000.
 */
export async function startInvokeUrlProxy(port?: number): Promise<InvokeUrlProxy> {
  const agent = new http.Agent({ keepAlive: true });
  let target: Target | undefined;
  const server = http.createServer((request, response) => {
    if (target) forward(request, response, target, agent);
    else respond(response, 503, 'the app is not deployed yet');
  });
  // uploads and slow models can take longer than the default timeout
  server.requestTimeout = 0;
  await listenOnPort(server, { port, range: PORTS, option: '--port' });
  const address = server.address() as AddressInfo;
  return {
    forwardTo: (next) => {
      target = next;
      return `http://${HOST}:${address.port}/${next.stage}`;
    },
    close: () => new Promise((resolve) => {
      agent.destroy();
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

function forward(request: http.IncomingMessage, response: http.ServerResponse, target: Target, agent: http.Agent): void {
  const { emulator, apiId, stage } = target;
  const { hostname, port } = new URL(emulator);
  const path = request.url ?? '/';
  if (path.split(/[/?]/)[1] !== stage) {
    // the response of AWS for a stage that does not exist
    respond(response, 403, 'Forbidden');
    return;
  }
  const headers = addApiKey(replaceHost(request, `${apiId}.execute-api.localhost:${port}`), request, path, target);
  forwardRequest(request, response, {
    hostname,
    port,
    path,
    agent,
    headers,
    responseHeaders,
    onError: (error) => respond(response, 502, `the emulator does not respond: ${error.message}`),
  });
}

function respond(response: http.ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify({ message }));
}

/** Removes the Content-Length that the emulator adds to responses without a body. Strict clients reject it. */
function responseHeaders({ statusCode, rawHeaders }: http.IncomingMessage): string[] {
  return statusCode === 204 ? removeHeader('content-length', rawHeaders) : rawHeaders;
}

/** On the bearer key paths, replaces `x-api-key` by the bearer token, because the emulator reads the API key only from that header. */
function addApiKey(rawHeaders: string[], { headers }: http.IncomingMessage, path: string, { stage, bearerKeyPaths = [] }: Target): string[] {
  const [withoutQuery] = path.slice(`/${stage}`.length).split('?');
  if (!bearerKeyPaths.includes(withoutQuery)) return rawHeaders;
  const key = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  return [...removeHeader('x-api-key', rawHeaders), ...(key === undefined ? [] : ['x-api-key', key])];
}

/**
 * Replaces the host and keeps order and case of all other headers. The original host, which the client signed, becomes
 * `X-Forwarded-Host`. Like API Gateway, the proxy sets `X-Forwarded-Proto` itself.
 */
function replaceHost({ rawHeaders, headers }: http.IncomingMessage, host: string): string[] {
  const rest = ['host', 'x-forwarded-host', 'x-forwarded-proto'].reduce<readonly string[]>((remaining, name) => removeHeader(name, remaining), rawHeaders);
  return ['Host', host, 'X-Forwarded-Proto', 'http', ...(headers.host ? ['X-Forwarded-Host', headers.host] : []), ...rest];
}
