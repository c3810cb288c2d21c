import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import * as net from 'node:net';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { Steps } from '../../local/cli/steps';
import { nodeForHandlers } from '../../local/install/node-runtime';
import { Processes } from '../../local/processes/processes';
import type { Template } from '../../local/template/template';
import { Client } from '../helpers/e2e/client';

const WORKER = path.join(__dirname, '..', '..', 'assets', 'worker', 'index.mjs');
/** Little, as tests wait for its end, but drawing is begun only within its first 6 s, which a busy machine needs; and what a lease is longer. */
const [TIME_MS, LEASE_MARGIN_MS] = [16_000, 5_000];

interface Point {
  readonly server: net.Server;
  readonly url: string;
  /** A request got as far as this. */
  readonly reached: Promise<void>;
}

type Test = (request: http.IncomingMessage, body: string) => boolean;

/** Hands requests on to AWS as it is here, but for those that `test` picks: these are never answered, or with an error. */
async function holding(target: string, test: Test, error?: number): Promise<Point> {
  let reach!: () => void;
  const reached = new Promise<void>((resolve) => { reach = resolve; });
  const server = http.createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts);
      if (test(request, body.toString('latin1'))) {
        reach();
        if (error !== undefined) response.writeHead(error).end();
        return undefined;
      }
      const { method, headers, url } = request;
      const onward = http.request(`${target}${url}`, { method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      });
      onward.end(body);
      return undefined;
    });
  });
  return { server, url: await listen(server), reached };
}

/** Takes connections, and never says a word. */
async function silent(): Promise<Point> {
  const server = net.createServer();
  const reached = once(server, 'connection').then(() => undefined);
  return { server, url: await listen(server), reached };
}

async function listen(server: net.Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function withoutSource(template: Template): Template {
  return { ...template, Resources: Object.fromEntries(Object.entries(template.Resources).filter(([, { Type }]) => Type !== 'AWS::Lambda::EventSourceMapping')) };
}

describe('a worker that is killed, or whose services fail', () => {
  let client: Client;
  let node: string;
  let variables: Record<string, string>;
  const processes = new Processes();
  const opened: (net.Server | ChildProcess)[] = [];
  beforeAll(async () => {
    // we hand out the messages
    client = await Client.start({ app: 'examples/queued', transformTemplate: withoutSource });
    node = path.join(await nodeForHandlers(processes, Steps.toLines(() => undefined)), 'node');
    const [{ resources }] = client.app.stacks;
    const [, name] = Object.entries(resources).find(([id]) => id.startsWith('ImagesWorkerHandler'))!;
    const response = await fetch(`${client.app.outputs.awsEndpointUrl}/2015-03-31/functions/${name}/configuration`, {
      headers: { authorization: `AWS4-HMAC-SHA256 Credential=test/20261122/${client.app.outputs.region}/lambda/aws4_request, SignedHeaders=host, Signature=x` },
    });
    ({ Environment: { Variables: variables } } = await response.json() as { Environment: { Variables: Record<string, string> } });
  }, 600_000);
  afterAll(async () => {
    for (const each of opened) {
      if (each instanceof net.Server) each.close();
      else each.kill('SIGKILL');
    }
    await client?.app.close();
  });

  /** The shipped worker as a process of its own, on a message as SQS hands it out. */
  function work(id: string, receives: number, endpoints: Record<string, string>): ChildProcess {
    const body = JSON.stringify({ owner: 'client:alice', id });
    const record = { messageId: 'm', receiptHandle: 'r', body, attributes: { ApproximateReceiveCount: String(receives) } };
    const script = `
      const { handler } = await import(${JSON.stringify(WORKER)});
      const result = await handler(${JSON.stringify({ Records: [record] })}, { awsRequestId: 'r', getRemainingTimeInMillis: () => ${TIME_MS} });
      console.log('RESULT ' + JSON.stringify(result));`;
    const { awsEndpointUrl, region, controlUrl } = client.app.outputs;
    const child = spawn(node, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...variables,
        AWS_REGION: region,
        AWS_ACCESS_KEY_ID: 'test',
        AWS_SECRET_ACCESS_KEY: 'test',
        AWS_ENDPOINT_URL: awsEndpointUrl,
        AWS_ENDPOINT_URL_BEDROCK_RUNTIME: new URL(controlUrl).origin,
        ...endpoints,
      },
    });
    opened.push(child);
    return child;
  }

  async function resultOf(child: ChildProcess): Promise<unknown> {
    let output = '';
    child.stdout!.on('data', (part: Buffer) => { output += String(part); });
    await once(child, 'close');
    return JSON.parse(/RESULT (.*)/.exec(output)?.[1] ?? 'null');
  }

  const isPicture: Test = ({ method, url = '' }) => method === 'PUT' && /\.png/.test(url);
  const isRecord: Test = ({ headers }, body) => String(headers['x-amz-target']).endsWith('.PutItem') && body.includes('completedAt');

  const points: Record<string, { readonly calls: number; readonly open: () => Promise<{ point: Point; endpoints: Record<string, string> }> }> = {
    'before the model is called': {
      calls: 1,
      open: async () => {
        const point = await silent();
        return { point, endpoints: { AWS_ENDPOINT_URL_BEDROCK_RUNTIME: point.url } };
      },
    },
    'between the model and the bucket': {
      calls: 2,
      open: async () => {
        const point = await holding(client.app.outputs.awsEndpointUrl, isPicture);
        return { point, endpoints: { AWS_ENDPOINT_URL_S3: point.url } };
      },
    },
    'between the bucket and the record': {
      calls: 1,
      open: async () => {
        const point = await holding(client.app.outputs.awsEndpointUrl, isRecord);
        return { point, endpoints: { AWS_ENDPOINT_URL_DYNAMODB: point.url } };
      },
    },
    'after the record was written': {
      calls: 1,
      open: async () => {
        const point = await holding(client.app.outputs.awsEndpointUrl, ({ method, url = '' }) => method === 'DELETE' || /[?&]delete/.test(url));
        return { point, endpoints: { AWS_ENDPOINT_URL_S3: point.url } };
      },
    },
  };

  it('anywhere leaves a job that the next one ends, with one image', async () => {
    await client.model('ok');
    const ends = Object.entries(points).map(async ([when, { open }]) => {
      const { json: { id } } = await client.draw(client.alice, { prompt: 'a lighthouse' }, { prefer: 'respond-async' });
      const { point, endpoints } = await open();
      opened.push(point.server);
      const killed = work(id, 1, endpoints);
      await point.reached;
      killed.kill('SIGKILL');
      const [, signal] = await once(killed, 'close') as [number | null, string];
      const state = (await client.call(`GET /images/${id}`, { key: client.alice })).json.status;

      await sleep(TIME_MS + LEASE_MARGIN_MS);
      const result = await resultOf(work(id, 2, {}));
      const { json } = await client.call(`GET /images/${id}`, { key: client.alice });
      const { bucket: Bucket } = JSON.parse(variables.GENAI_IMAGE_API) as { bucket: string };
      const { Contents = [] } = await client.app.clients.s3.send(new ListObjectsV2Command({ Bucket }));
      const stored = Contents.filter(({ Key = '' }) => Key.includes(id) && Key.endsWith('.png'));
      return { when, signal, state, result, status: json.status, images: json.images.length, stored: stored.length };
    });
    for (const { when, ...seen } of await Promise.all(ends)) {
      expect({ when, ...seen }).toEqual({
        when,
        signal: 'SIGKILL',
        state: when === 'after the record was written' ? 'succeeded' : 'running',
        result: { batchItemFailures: [] },
        status: 'succeeded',
        images: 1,
        stored: 1,
      });
    }
    // all at once, as each waits for the end of a lease
    expect(await client.modelCalls()).toBe(Object.values(points).reduce((sum, { calls }) => sum + calls, 0));
  }, 120_000);

  it('finds a bucket that takes nothing, and says by which seed the image is drawn again', async () => {
    await client.model('ok');
    const { json: { id } } = await client.draw(client.alice, { prompt: 'a lighthouse', seed: 7 }, { prefer: 'respond-async' });
    const { server, url } = await holding(client.app.outputs.awsEndpointUrl, isPicture, 500);
    opened.push(server);
    expect(await resultOf(work(id, 1, { AWS_ENDPOINT_URL_S3: url }))).toEqual({ batchItemFailures: [] });
    const { json } = await client.call(`GET /images/${id}`, { key: client.alice });
    expect([json.status, json.problem]).toEqual(['failed', expect.objectContaining({ code: 'INTERNAL', detail: expect.stringContaining('this seed draws it again') })]);
    expect(await client.modelCalls()).toBe(1);
  }, 60_000);

  it('finds a table that takes no record, and leaves the image to the next one', async () => {
    await client.model('ok');
    const { json: { id } } = await client.draw(client.alice, { prompt: 'a lighthouse' }, { prefer: 'respond-async' });
    const { server, url } = await holding(client.app.outputs.awsEndpointUrl, isRecord, 500);
    opened.push(server);
    const start = Date.now();
    expect(await resultOf(work(id, 1, { AWS_ENDPOINT_URL_DYNAMODB: url }))).toEqual({ batchItemFailures: [{ itemIdentifier: 'm' }] });
    await sleep(TIME_MS + LEASE_MARGIN_MS + 1_000 - (Date.now() - start));
    expect(await resultOf(work(id, 2, {}))).toEqual({ batchItemFailures: [] });
    const { json } = await client.call(`GET /images/${id}`, { key: client.alice });
    expect([json.status, json.images.length, await client.modelCalls()]).toEqual(['succeeded', 1, 1]);
  }, 60_000);
});
