import * as http from 'node:http';
import { AddressInfo } from 'node:net';
import { LocalRunError } from '../cli/local-run-error';
import { HOST } from '../processes/free-port';

/** Where a port is searched when none was asked for. */
const FIRST_PORT = 3000;
const LAST_PORT = 3019;

/** The stage that the front stands for. */
export interface Target {
  /** Address of the emulator. */
  readonly emulator: string;
  readonly apiId: string;
  readonly stage: string;
  /** Paths, without the stage, where the API key in `Authorization: Bearer` goes into `x-api-key` as well. */
  readonly bearerKeyPaths?: readonly string[];
}

export interface InvokeUrlProxy {
  /** From now on requests are passed on. Answers what on AWS is the invoke URL, without a slash at its end. */
  forwardTo(target: Target): string;
  close(): Promise<void>;
}

/**
 * Stands for the invoke URL of a stage: passes requests on under the host name by which the emulator knows the API.
 * Opened first of all, so that a port that is taken is known at once.
 *
 * @param port Exactly this port; without it, a free one from 3000 on.
 */
export async function startInvokeUrlProxy(port?: number): Promise<InvokeUrlProxy> {
  const agent = new http.Agent({ keepAlive: true });
  let target: Target | undefined;
  const server = http.createServer((request, response) => {
    if (target) forward(request, response, target, agent);
    else respond(response, 503, 'the app is not deployed yet');
  });
  // uploads and slow models take their time
  server.requestTimeout = 0;
  await listenOnPort(server, port);
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
    // what AWS answers for a stage that does not exist
    respond(response, 403, 'Forbidden');
    return;
  }
  const headers = addApiKey(replaceHost(request, `${apiId}.execute-api.localhost:${port}`), request, path, target);
  const upstream = http.request({ hostname, port, method: request.method, path, agent, headers });
  upstream.once('response', (reply) => {
    response.writeHead(reply.statusCode ?? 502, responseHeaders(reply));
    reply.pipe(response);
    reply.once('error', () => response.destroy());
  });
  upstream.once('error', (error) => {
    if (response.headersSent) response.destroy();
    else respond(response, 502, `the emulator does not answer: ${error.message}`);
  });
  // a client that leaves takes its request with it
  response.once('close', () => { if (!response.writableFinished) upstream.destroy(); });
  request.pipe(upstream);
}

function respond(response: http.ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify({ message }));
}

/** The emulator gives answers without a body a length all the same, which strict clients refuse. */
function responseHeaders({ statusCode, rawHeaders }: http.IncomingMessage): string[] {
  return statusCode === 204 ? removeHeader('content-length', rawHeaders) : rawHeaders;
}

/** Where keys come as bearer tokens, the one in the header that the emulator looks into is that, and no other. */
function addApiKey(rawHeaders: string[], { headers }: http.IncomingMessage, path: string, { stage, bearerKeyPaths = [] }: Target): string[] {
  const [withoutQuery] = path.slice(`/${stage}`.length).split('?');
  if (!bearerKeyPaths.includes(withoutQuery)) return rawHeaders;
  const key = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  return [...removeHeader('x-api-key', rawHeaders), ...(key === undefined ? [] : ['x-api-key', key])];
}

/**
 * All headers as they came, in their order and spelling, but for the host; the client's own one is what it signed for.
 * Like API Gateway, the proxy says itself by which scheme it was called.
 */
function replaceHost({ rawHeaders, headers }: http.IncomingMessage, host: string): string[] {
  const rest = ['host', 'x-forwarded-host', 'x-forwarded-proto'].reduce<readonly string[]>((left, name) => removeHeader(name, left), rawHeaders);
  return ['Host', host, 'X-Forwarded-Proto', 'http', ...(headers.host ? ['X-Forwarded-Host', headers.host] : []), ...rest];
}

/** Raw headers are a flat list: name, value, name, value. */
function removeHeader(name: string, rawHeaders: readonly string[]): string[] {
  return rawHeaders.filter((_, i) => rawHeaders[i - (i % 2)].toLowerCase() !== name);
}

async function listenOnPort(server: http.Server, port: number | undefined): Promise<void> {
  if (port !== undefined) {
    if (await tryListen(server, port)) return;
    throw new LocalRunError(`port ${port} is taken`, `choose another one (npm run local -- --port ${port + 1}) or stop the program that listens on it`);
  }
  for (let candidate = FIRST_PORT; candidate <= LAST_PORT; candidate += 1) {
    if (await tryListen(server, candidate)) return;
  }
  await tryListen(server, 0);
}

/** False when the port is taken. */
function tryListen(server: http.Server, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else if (error.code === 'EACCES') reject(new LocalRunError(`port ${port} is not allowed to this user`, 'choose one above 1023'));
      else reject(error);
    };
    server.once('error', fail);
    server.listen(port, HOST, () => {
      server.off('error', fail);
      resolve(true);
    });
  });
}
