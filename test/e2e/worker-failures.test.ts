import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import * as net from 'node:net';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { Steps } from '../../local/cli/steps';
import { installNode } from '../../local/install/node-runtime';
import { Processes } from '../../local/processes/processes';
import type { Template } from '../../local/template/template';
import { Client } from '../helpers/e2e/client';

const WORKER = path.join(__dirname, '..', '..', 'assets', 'worker', 'index.mjs');
/** The remaining time of each invocation. Short, because tests wait for it, but a busy machine needs the first 6 s to start generation. */
const REMAINING_TIME_MS = 16_000;
/** The time by which a lease exceeds the remaining time of its worker. */
const LEASE_MARGIN_MS = 5_000;

/** A server that replaces an AWS service. A test interrupts the worker when its request arrives. */
interface Breakpoint {
  readonly server: net.Server;
  readonly url: string;
  /** Resolves when a selected request arrives. */
  readonly reached: Promise<void>;
}

interface BreakpointCase {
  readonly modelCalls: number;
  readonly open: () => Promise<{ readonly breakpoint: Breakpoint; readonly endpoints: Record<string, string> }>;
}

type RequestFilter = (request: http.IncomingMessage, body: string) => boolean;

/**
 * Starts a proxy to the emulator. A request that matches the filter gets no response, or the given error status, or is processed and its
 * response is lost.
 */
async function breakpointProxy(target: string, filter: RequestFilter, fault?: number | 'lost response'): Promise<Breakpoint> {
  let reach!: () => void;
  const reached = new Promise<void>((resolve) => { reach = resolve; });
  const server = http.createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts);
      const isSelected = filter(request, body.toString('latin1'));
      if (isSelected) reach();
      if (isSelected && typeof fault === 'number') response.writeHead(fault).end();
      if (isSelected && fault !== 'lost response') return undefined;
      const { method, headers, url } = request;
      const forwarded = http.request(`${target}${url}`, { method, headers }, (awsResponse) => {
        if (isSelected) {
          awsResponse.resume().on('end', () => request.socket.destroy());
          return;
        }
        response.writeHead(awsResponse.statusCode ?? 500, awsResponse.headers);
        awsResponse.pipe(response);
      });
      forwarded.end(body);
      return undefined;
    });
  });
  return { server, url: await listen(server), reached };
}

/** Starts a server that accepts connections and sends nothing. */
async function unresponsiveServer(): Promise<Breakpoint> {
  const server = net.createServer();
  const reached = once(server, 'connection').then(() => undefined);
  return { server, url: await listen(server), reached };
}

async function listen(server: net.Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function withoutEventSourceMapping(template: Template): Template {
  return { ...template, Resources: Object.fromEntries(Object.entries(template.Resources).filter(([, { Type }]) => Type !== 'AWS::Lambda::EventSourceMapping')) };
}

describe('worker failures of examples/queued on the emulator', () => {
  let client: Client;
  let node: string;
  let variables: Record<string, string>;
  const processes = new Processes();
  const opened: (net.Server | ChildProcess)[] = [];
  beforeAll(async () => {
    // The test delivers the messages itself.
    client = await Client.start({ app: 'examples/queued', transformTemplate: withoutEventSourceMapping });
    node = path.join(await installNode(processes, Steps.toLines(() => undefined)), 'node');
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

  /** Runs the bundled worker in a child process with one SQS message. */
  function startWorker(id: string, receiveCount: number, endpoints: Record<string, string>): ChildProcess {
    const body = JSON.stringify({ owner: 'client:alice', id });
    const record = { messageId: 'm', receiptHandle: 'r', body, attributes: { ApproximateReceiveCount: String(receiveCount) } };
    const script = `
      const { handler } = await import(${JSON.stringify(WORKER)});
      const result = await handler(${JSON.stringify({ Records: [record] })}, { awsRequestId: 'r', getRemainingTimeInMillis: () => ${REMAINING_TIME_MS} });
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

  const isImageUpload: RequestFilter = ({ method, url = '' }) => method === 'PUT' && /\.png/.test(url);
  const isCompletedRecord: RequestFilter = ({ headers }, body) => String(headers['x-amz-target']).endsWith('.PutItem') && body.includes('completedAt');

  const breakpoints: Record<string, BreakpointCase> = {
    'before the model call': {
      modelCalls: 1,
      open: async () => {
        const breakpoint = await unresponsiveServer();
        return { breakpoint, endpoints: { AWS_ENDPOINT_URL_BEDROCK_RUNTIME: breakpoint.url } };
      },
    },
    'between the model call and the image upload': {
      modelCalls: 2,
      open: async () => {
        const breakpoint = await breakpointProxy(client.app.outputs.awsEndpointUrl, isImageUpload);
        return { breakpoint, endpoints: { AWS_ENDPOINT_URL_S3: breakpoint.url } };
      },
    },
    'between the image upload and the record': {
      modelCalls: 1,
      open: async () => {
        const breakpoint = await breakpointProxy(client.app.outputs.awsEndpointUrl, isCompletedRecord);
        return { breakpoint, endpoints: { AWS_ENDPOINT_URL_DYNAMODB: breakpoint.url } };
      },
    },
    'after the record': {
      modelCalls: 1,
      open: async () => {
        const breakpoint = await breakpointProxy(client.app.outputs.awsEndpointUrl, ({ method, url = '' }) => method === 'DELETE' || /[?&]delete/.test(url));
        return { breakpoint, endpoints: { AWS_ENDPOINT_URL_S3: breakpoint.url } };
      },
    },
  };

  it('completes the job with one image in the next worker, whenever the first worker is killed', async () => {
    await client.resetModel('ok');
    const runs = Object.entries(breakpoints).map(async ([when, { open }]) => {
      const { json: { id } } = await client.generate(client.alice, { prompt: 'a lighthouse' }, { prefer: 'respond-async' });
      const { breakpoint, endpoints } = await open();
      opened.push(breakpoint.server);
      const killed = startWorker(id, 1, endpoints);
      await breakpoint.reached;
      killed.kill('SIGKILL');
      const [, signal] = await once(killed, 'close') as [number | null, string];
      const state = (await client.call(`GET /images/${id}`, { key: client.alice })).json.status;

      await sleep(REMAINING_TIME_MS + LEASE_MARGIN_MS);
      const result = await resultOf(startWorker(id, 2, {}));
      const { json } = await client.call(`GET /images/${id}`, { key: client.alice });
      const { bucket: Bucket } = JSON.parse(variables.GENAI_IMAGE_API) as { bucket: string };
      const { Contents = [] } = await client.app.clients.s3.send(new ListObjectsV2Command({ Bucket }));
      const stored = Contents.filter(({ Key = '' }) => Key.includes(id) && Key.endsWith('.png'));
      return { when, signal, state, result, status: json.status, images: json.images.length, stored: stored.length };
    });
    for (const { when, ...actual } of await Promise.all(runs)) {
      expect({ when, ...actual }).toEqual({
        when,
        signal: 'SIGKILL',
        state: when === 'after the record' ? 'succeeded' : 'running',
        result: { batchItemFailures: [] },
        status: 'succeeded',
        images: 1,
        stored: 1,
      });
    }
    // The runs are concurrent, because each waits until a lease expires. The model calls are counted together.
    expect(await client.modelCallCount()).toBe(Object.values(breakpoints).reduce((sum, { modelCalls }) => sum + modelCalls, 0));
  }, 120_000);

  it('fails the job and reports the seed if S3 rejects the image', async () => {
    await client.resetModel('ok');
    const { json: { id } } = await client.generate(client.alice, { prompt: 'a lighthouse', seed: 7 }, { prefer: 'respond-async' });
    const { server, url } = await breakpointProxy(client.app.outputs.awsEndpointUrl, isImageUpload, 500);
    opened.push(server);
    expect(await resultOf(startWorker(id, 1, { AWS_ENDPOINT_URL_S3: url }))).toEqual({ batchItemFailures: [] });
    const { json } = await client.call(`GET /images/${id}`, { key: client.alice });
    expect([json.status, json.problem]).toEqual(['failed', expect.objectContaining({ code: 'INTERNAL', detail: expect.stringContaining('this seed generates it again') })]);
    expect(await client.modelCallCount()).toBe(1);
  }, 60_000);

  it('completes the job if S3 stores the image, but the response of each write is lost', async () => {
    await client.resetModel('ok');
    const { json: { id } } = await client.generate(client.alice, { prompt: 'a lighthouse' }, { prefer: 'respond-async' });
    const { server, url } = await breakpointProxy(client.app.outputs.awsEndpointUrl, isImageUpload, 'lost response');
    opened.push(server);
    expect(await resultOf(startWorker(id, 1, { AWS_ENDPOINT_URL_S3: url }))).toEqual({ batchItemFailures: [] });
    const { json } = await client.call(`GET /images/${id}`, { key: client.alice });
    expect([json.status, json.images.length, await client.modelCallCount()]).toEqual(['succeeded', 1, 1]);
  }, 60_000);

  it('completes the job in the next worker if DynamoDB rejects the record', async () => {
    await client.resetModel('ok');
    const { json: { id } } = await client.generate(client.alice, { prompt: 'a lighthouse' }, { prefer: 'respond-async' });
    const { server, url } = await breakpointProxy(client.app.outputs.awsEndpointUrl, isCompletedRecord, 500);
    opened.push(server);
    const start = Date.now();
    expect(await resultOf(startWorker(id, 1, { AWS_ENDPOINT_URL_DYNAMODB: url }))).toEqual({ batchItemFailures: [{ itemIdentifier: 'm' }] });
    await sleep(REMAINING_TIME_MS + LEASE_MARGIN_MS + 1_000 - (Date.now() - start));
    expect(await resultOf(startWorker(id, 2, {}))).toEqual({ batchItemFailures: [] });
    const { json } = await client.call(`GET /images/${id}`, { key: client.alice });
    expect([json.status, json.images.length, await client.modelCallCount()]).toEqual(['succeeded', 1, 1]);
  }, 60_000);
});
