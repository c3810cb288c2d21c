import * as http from 'node:http';
import { type AddressInfo } from 'node:net';
import { pageFile, readPageFile } from './page-files';
import { rewritePath } from './rewrite-path';
import {
  PLAYGROUND_CONFIGURATION_FILE, PLAYGROUND_DATA_HEADERS, PLAYGROUND_PATHS, type PlaygroundConfiguration, playgroundHeaders,
} from '../../src/private/contract/playground';
import { forwardRequest, removeHeader } from '../api/forward-request';
import { HOST } from '../processes/free-port';
import { listenOnPort } from '../processes/listen';

/** Range of the default ports. */
const PORTS = [4000, 4019] as const;

/** Request headers that CloudFront does not forward to the image bucket. S3 rejects a signed URL together with `Authorization`. */
const NOT_FOR_BUCKET = ['authorization', 'cookie', 'origin', 'referer', 'x-api-key'];

export interface PlaygroundServerOptions {
  /** Folder of the page, with `index.html`. Files are read for each request, so a new build needs no restart. */
  readonly root: string;
  /** Port of the page. Without it, a free port from 4000. */
  readonly port?: number;
  /** URL of the API with its stage, without a trailing slash. */
  readonly apiUrl: string;
  /** URL of the image bucket. Signed URLs have its host; uploads go to the URL itself. */
  readonly bucketUrl: string;
  readonly configuration: PlaygroundConfiguration;
  /** Origins of image URLs other than those of the bucket. */
  readonly imageOrigins?: readonly string[];
}

export interface PlaygroundServer {
  /** URL of the page, without a trailing slash. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the page, the API and the images on one origin, with the paths and the headers of the CloudFront distribution. */
export async function startPlaygroundServer(options: PlaygroundServerOptions): Promise<PlaygroundServer> {
  const agent = new http.Agent({ keepAlive: true });
  const server = http.createServer((request, response) => respond(request, response, options, agent));
  // uploads and slow models can take longer than the default timeout
  server.requestTimeout = 0;
  await listenOnPort(server, { port: options.port, range: PORTS, option: '--playground-port' });
  return {
    url: `http://${HOST}:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => {
      agent.destroy();
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

/** Selects the behavior by the path, as CloudFront does. */
function respond(request: http.IncomingMessage, response: http.ServerResponse, options: PlaygroundServerOptions, agent: http.Agent): void {
  const { method = 'GET', url = '/' } = request;
  const [uri] = url.split('?', 1);
  const destination = destinationOf(uri, options);
  if (!destination) {
    respondWithPage(method, uri, response, options);
  } else if (uri.startsWith(`${PLAYGROUND_PATHS.images}/`) && !(isRead(method) && isInBucket(options.bucketUrl, uri))) {
    refuse(response, PLAYGROUND_DATA_HEADERS);
  } else {
    forward(request, response, { ...destination, agent });
  }
}

/** Returns where a request is forwarded, or `undefined` for page files. */
function destinationOf(uri: string, { apiUrl, bucketUrl }: PlaygroundServerOptions): Omit<Destination, 'agent'> | undefined {
  const { api, images, uploads } = PLAYGROUND_PATHS;
  if (uri.startsWith(`${api}/`)) return { origin: new URL(apiUrl), removed: [] };
  if (uri === uploads) return { origin: new URL(bucketUrl), removed: NOT_FOR_BUCKET };
  // signed URLs of the emulator contain the bucket in their path
  return uri.startsWith(`${images}/`) ? { origin: new URL(new URL(bucketUrl).origin), removed: NOT_FOR_BUCKET } : undefined;
}

interface Destination {
  readonly agent: http.Agent;
  /** URL of the origin. Its path is put before that of the request. */
  readonly origin: URL;
  /** Request headers that are not forwarded. */
  readonly removed: readonly string[];
}

function forward(request: http.IncomingMessage, response: http.ServerResponse, { agent, origin, removed }: Destination): void {
  const { method = 'GET', url = '/' } = request;
  const [uri] = url.split('?', 1);
  const rewritten = rewritePath({ method, uri });
  if ('statusCode' in rewritten) {
    response.writeHead(rewritten.statusCode, { ...PLAYGROUND_DATA_HEADERS, Allow: 'POST' }).end();
    return;
  }
  const path = rewritten.uri === '/' ? origin.pathname : `${origin.pathname.replace(/\/$/, '')}${rewritten.uri}`;
  forwardRequest(request, response, {
    hostname: origin.hostname,
    port: origin.port,
    path: `${path}${url.slice(uri.length)}`,
    agent,
    headers: ['Host', origin.host, ...['host', ...removed].reduce((headers, name) => removeHeader(name, headers), request.rawHeaders)],
    responseHeaders: ({ rawHeaders }) => [
      ...Object.keys(PLAYGROUND_DATA_HEADERS).reduce((headers, name) => removeHeader(name.toLowerCase(), headers), rawHeaders),
      ...Object.entries(PLAYGROUND_DATA_HEADERS).flat(),
    ],
    onError: (error) => response.writeHead(502, { ...PLAYGROUND_DATA_HEADERS, 'Content-Type': 'text/plain' }).end(error.message),
  });
}

function isRead(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** Other buckets of the emulator are not available. */
function isInBucket(bucketUrl: string, uri: string): boolean {
  return uri.startsWith(`${PLAYGROUND_PATHS.images}${new URL(bucketUrl).pathname.replace(/\/?$/, '/')}`);
}

function respondWithPage(method: string, uri: string, response: http.ServerResponse, options: PlaygroundServerOptions): void {
  const { root, configuration, imageOrigins } = options;
  const signIn = configuration.auth.type === 'cognito' ? new URL(configuration.auth.domain).origin : undefined;
  const headers = playgroundHeaders({ images: imageOrigins, signIn });
  const file = uri === `/${PLAYGROUND_CONFIGURATION_FILE}` ? pageFile('.json', Buffer.from(JSON.stringify(configuration))) : readPageFile(root, uri);
  if (!file || !isRead(method)) {
    refuse(response, headers);
    return;
  }
  response.writeHead(200, { ...file.headers, 'Content-Length': file.body.length, ...headers });
  response.end(method === 'HEAD' ? undefined : file.body);
}

/** The response of S3 for a file that does not exist, and of CloudFront for a method that is not allowed. */
function refuse(response: http.ServerResponse, headers: Readonly<Record<string, string>>): void {
  response.writeHead(403, { ...headers, 'Content-Type': 'application/xml' });
  response.end('<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code></Error>');
}
