import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import * as fs from 'node:fs';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import * as path from 'node:path';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Metafile } from 'esbuild';
import { Delivery } from '../../../src';
import { ofType, synth } from '../../helpers/stack';
import { CONFIGURATION } from '../../helpers/world';

// The functions add nothing to traces: AWS X-Ray gets the segments of API Gateway and Lambda only, which contain no body, header or prompt.

const ROOT = path.join(__dirname, '../../..');
const FUNCTIONS = ['api', 'worker', 'authorizer', 'key-authorizer'];
const TRACE = 'Root=1-674780f0-0123456789abcdef01234567;Parent=0123456789abcdef;Sampled=1';
const CANARY = 'canary-prompt-7f3a';

/** Packages that write traces. */
const TRACERS = /aws-xray-sdk|client-xray|opentelemetry|powertools|dd-trace|newrelic|sentry/;

describe.each(FUNCTIONS)('the bundle %s', (name) => {
  const { inputs } = JSON.parse(fs.readFileSync(path.join(ROOT, '.local/metafiles', `${name}.json`), 'utf8')) as Metafile;

  it('contains no package that writes traces', () => {
    expect(Object.keys(inputs).length).toBeGreaterThan(2);
    expect(Object.keys(inputs).filter((input) => TRACERS.test(input))).toEqual([]);
  });

  it('contains no address of the X-Ray daemon and no annotations', () => {
    const files = fs.readdirSync(path.join(ROOT, 'assets', name), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.mjs'));
    expect(files).toContain('index.mjs');
    const code = files.map((file) => fs.readFileSync(path.join(ROOT, 'assets', name, file), 'utf8')).join('\n');
    expect(code).not.toMatch(/AWS_XRAY_DAEMON_ADDRESS|putTraceSegments|PutTraceSegments|addAnnotation|addMetadata|node:dgram|"dgram"/);
  });
});

interface Observed {
  readonly status: number;
  /** Headers of the calls of AWS services. */
  readonly calls: readonly http.IncomingHttpHeaders[];
  /** What the X-Ray daemon received. */
  readonly segments: readonly string[];
}

/** Invokes the bundle of the API function as Lambda does with a sampled trace. All calls of AWS services fail with an error that quotes the prompt. */
async function invokeTraced(): Promise<Observed> {
  const calls: http.IncomingHttpHeaders[] = [];
  const segments: string[] = [];
  const daemon = createSocket('udp4', (message) => segments.push(message.toString('utf8')));
  const services = http.createServer((request, response) => {
    calls.push(request.headers);
    request.resume().on('end', () => response.writeHead(400, { 'x-amzn-ErrorType': 'AccessDeniedException' }).end(JSON.stringify({ message: CANARY })));
  });
  await new Promise<void>((bound) => daemon.bind(0, '127.0.0.1', bound));
  await new Promise<void>((listening) => services.listen(0, '127.0.0.1', listening));
  try {
    const status = await invoke({
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(services.address() as AddressInfo).port}`,
      AWS_XRAY_DAEMON_ADDRESS: `127.0.0.1:${daemon.address().port}`,
    });
    return { status, calls, segments };
  } finally {
    daemon.close();
    services.close();
    services.closeAllConnections();
  }
}

/** Runs the handler in a separate process, with the environment of a function with active tracing. Returns the status of the response. */
async function invoke(endpoints: Record<string, string>): Promise<number> {
  const event = {
    httpMethod: 'POST',
    resource: '/images',
    headers: {},
    body: JSON.stringify({ prompt: CANARY }),
    requestContext: { requestId: 'r', path: '/prod/images', domainName: 'images.example.com', identity: { apiKeyId: 'key-a' } },
  };
  const script = `
    const { handler } = await import(${JSON.stringify(path.join(ROOT, 'assets/api/index.mjs'))});
    const { statusCode } = await handler(${JSON.stringify(event)}, { getRemainingTimeInMillis: () => 20_000 });
    process.stdout.write('\\nstatus ' + statusCode);`;
  const env = {
    PATH: process.env.PATH,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_LAMBDA_FUNCTION_NAME: 'images',
    _X_AMZN_TRACE_ID: TRACE,
    GENAI_IMAGE_API: JSON.stringify(CONFIGURATION),
    ...endpoints,
  };
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const output: Buffer[] = [];
  child.stdout.on('data', (part: Buffer) => output.push(part));
  await new Promise((closed) => child.on('close', closed));
  return Number(/status (\d+)$/.exec(Buffer.concat(output).toString('utf8'))?.[1]);
}

describe('a request with a sampled trace', () => {
  let observed: Observed;
  beforeAll(async () => { observed = await invokeTraced(); });

  it('reaches a model, whose call fails', () => {
    expect(observed.status).toBe(502);
    expect(observed.calls.length).toBeGreaterThan(0);
  });

  it('writes no segment', () => {
    expect(observed.segments).toEqual([]);
  });

  it('passes the trace ID of Lambda on to AWS services as it is, and no other trace header', () => {
    for (const headers of observed.calls) {
      expect(headers).toMatchObject({ 'x-amzn-trace-id': TRACE });
      expect(Object.keys(headers).filter((name) => /^(traceparent|tracestate|baggage)$/.test(name))).toEqual([]);
      expect(JSON.stringify(headers)).not.toContain(CANARY);
    }
  });
});

interface TracedFunction {
  readonly Layers?: unknown;
  readonly Environment?: { readonly Variables: object };
  readonly TracingConfig?: { readonly Mode: string };
}

it('compute.tracing adds no layer and no environment variable, which could write segments of SDK calls', () => {
  const functionsOf = (tracing?: lambda.Tracing) => (
    ofType(synth({ delivery: Delivery.queued(), compute: { tracing } }), 'AWS::Lambda::Function').map(({ Properties }) => Properties as TracedFunction));
  const variablesOf = (functions: readonly TracedFunction[]) => functions.map(({ Environment }) => Object.keys(Environment?.Variables ?? {}));
  const traced = functionsOf(lambda.Tracing.ACTIVE);
  expect(traced.filter(({ TracingConfig }) => TracingConfig?.Mode === 'Active')).toHaveLength(2);
  expect(variablesOf(traced)).toEqual(variablesOf(functionsOf()));
  expect(traced.flatMap(({ Layers }) => Layers ?? [])).toEqual([]);
});
