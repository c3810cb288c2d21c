import * as fs from 'node:fs';
import * as http from 'node:http';
import { type AddressInfo } from 'node:net';
import * as path from 'node:path';
import { gzipSync } from 'node:zlib';
import { readPageFile } from '../../local/playground/page-files';
import { type PlaygroundAuth, type PlaygroundConfiguration, playgroundHeaders } from '../../src/private/contract/playground';
import { CAPABILITIES } from '../fixtures/playground-models';

const ROOT = path.join(__dirname, '..', '..', 'assets', 'playground');
const MIN_COMPRESSED_BYTES = 1000;

export interface StaticPlayground {
  /** URL of the page, without a trailing slash. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves the built page without an API, with the headers and the compression of CloudFront. `GET /models` returns the whole catalog, and there
 * are no images.
 */
export async function startStaticPlayground(auth: PlaygroundAuth): Promise<StaticPlayground> {
  if (!fs.existsSync(ROOT)) throw new Error('assets/playground does not exist; run `npx projen playground:bundle`');
  const configuration: PlaygroundConfiguration = {
    name: 'Image playground', api: '/api', apiUrl: 'https://api.example.com/prod', images: '/i', imagesHost: 'bucket.example.com', uploads: '/u', queued: true, auth,
  };
  const responses: Readonly<Record<string, object>> = { '/config.json': configuration, '/api/models': CAPABILITIES, '/api/images': { images: [] } };
  const server = http.createServer(({ url = '/', headers }, response) => {
    const [uri] = url.split('?', 1);
    const json = responses[uri];
    const file = json ? { body: Buffer.from(JSON.stringify(json)), headers: { 'Content-Type': 'application/json' } } : readPageFile(ROOT, uri);
    if (!file) return response.writeHead(404, playgroundHeaders()).end();
    const isCompressed = file.body.length >= MIN_COMPRESSED_BYTES && /\bgzip\b/.test(headers['accept-encoding'] ?? '') && !uri.endsWith('.png');
    return response.writeHead(200, { ...file.headers, ...playgroundHeaders(), ...(isCompressed && { 'Content-Encoding': 'gzip' }) }).end(isCompressed ? gzipSync(file.body) : file.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}
