import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { EventBridgePublisher } from '../../../src/handlers/adapters/eventbridge/event-bridge-publisher';
import { authorize } from '../../../src/handlers/authorizers/authorize';
import { ApiError } from '../../../src/handlers/shared/api-error';
import { jsonLogger } from '../../../src/handlers/shared/log';
import type { HandlerConfiguration } from '../../../src/private/contract/configuration';
import { ERRORS, type ErrorCode } from '../../../src/private/contract/errors';
import { DOCUMENT_ROUTE, ROUTES_BY_SET } from '../../../src/private/contract/routes';
import { imageFile } from '../../fixtures/images';
import { datapointsOf } from '../../helpers/embedded-metrics';
import { QUEUED, QueuedWorld } from '../../helpers/queued-world';
import { type Call, type Response } from '../../helpers/world';

// Marked texts where clients send secrets, and in the errors of all ports. None of them may be in a log line, a metric, an error response or an event.

const MARK = 'canary';
const secret = (name: string) => `${MARK}-${name}-7f3a`;
const [PROMPT, KEY, TOKEN, URL, SYSTEM] = ['prompt', 'key', 'token', 'url', 'system'].map(secret);
const HEADERS = {
  'X-Api-Key': secret('api-key'),
  'Authorization': `Bearer ${TOKEN}`,
  'Cookie': `session=${secret('cookie')}`,
  'Referer': `https://app.example.com/?q=${secret('referer')}`,
  'User-Agent': secret('agent'),
};
const IMAGE = imageFile(96, 64).toString('base64');
/** In the message of each injected error: what a service could quote. */
const QUOTED = `https://bucket.s3.amazonaws.com/${URL}?X-Amz-Signature=${secret('signature')} {"prompt":"${PROMPT}","key":"${KEY}","token":"${TOKEN}"} ${IMAGE}`;

const CONFIGURED: HandlerConfiguration = {
  ...QUEUED,
  edits: { region: 'us-east-1', operations: ['search-and-replace', 'search-and-recolor'] },
  textModel: { id: 'amazon.nova-2-lite-v1:0', region: 'us-east-1' },
  policy: { deny: ['forbidden fruit'], guardrail: { id: 'guard', version: '1', region: 'us-west-2' } },
  events: {},
  budget: { dailyUsd: 1_000, dailyUsdPerOwner: 1_000 },
  legacy: [
    { path: '/generate', methods: ['POST'], prompt: 'text', parameters: {}, reply: 'job', statusPath: '/image/{image_id}' },
    { path: '/old', methods: ['GET', 'POST'], prompt: 'text', parameters: {}, reply: 'presignedUrl' },
    { path: '/words', methods: ['POST'], prompt: 'text', parameters: {}, reply: 'text' },
  ],
};

const ID = '01JD0000000000000000000001';
const withKey = (name: string) => ({ headers: { 'Idempotency-Key': `${KEY}-${name}` } });
const edit = { operation: 'search-and-replace', image: IMAGE, prompt: PROMPT, searchPrompt: PROMPT };

/** Valid requests of all routes, with marked texts. */
const REQUESTS: readonly (readonly [string, Call])[] = [
  ['POST /images', { body: { prompt: PROMPT, negativePrompt: PROMPT, enhancePrompt: true, count: 2 } }],
  ['POST /images', { body: { prompt: PROMPT }, ...withKey('sync') }],
  ['POST /images', { body: { prompt: PROMPT }, ...withKey('sync') }],
  ['POST /images', { body: { prompt: `${PROMPT} again` }, ...withKey('sync') }],
  ['POST /images', { body: { prompt: PROMPT }, headers: { ...withKey('async').headers, Prefer: 'respond-async' } }],
  ['POST /images', { body: { prompt: PROMPT }, headers: { ...withKey('async').headers, Prefer: 'respond-async' } }],
  ['POST /images/edits', { body: edit }],
  ['POST /images/uploads', { body: { contentType: 'image/png' } }],
  ['POST /images/batches', { body: { requests: [{ prompt: PROMPT }, { prompt: `forbidden fruit ${PROMPT}` }] }, ...withKey('batch') }],
  ['GET /images', {}],
  [`GET /images/${ID}`, {}],
  [`GET /images/batches/${ID}`, {}],
  [`DELETE /images/${ID}`, {}],
  ['POST /text', { body: { prompt: PROMPT, system: SYSTEM, stopSequences: [PROMPT] } }],
  ['GET /models', {}],
  ['GET /openapi.json', {}],
  ['POST /v1/images/generations', { body: { prompt: PROMPT, user: secret('user') }, headers: { 'X-Stainless-Retry-Count': '0' } }],
  ['POST /v1/images/edits', { body: { prompt: PROMPT, images: [{ image_url: `data:image/png;base64,${IMAGE}` }] } }],
  ['GET /v1/models', {}],
  ['POST /generate', { body: { text: PROMPT } }],
  [`GET /image/${ID}`, {}],
  ['GET /old', { query: { text: PROMPT } }],
  ['POST /old', { body: { text: PROMPT } }],
  ['POST /words', { body: { text: PROMPT } }],
];

/** Requests that are refused. */
const INVALID_REQUESTS: readonly (readonly [string, Call])[] = [
  ['POST /images', { body: { prompt: `forbidden fruit ${PROMPT}` } }],
  ['POST /images', { body: { prompt: `a forbidden ${PROMPT}` } }],
  ['POST /images', { body: { prompt: PROMPT.repeat(1_000), seed: -1, negativePrompt: PROMPT.repeat(1_000) } }],
  ['POST /images', { rawBody: `{"prompt": "${PROMPT}` }],
  ['POST /images', { rawBody: `{"prompt": "${PROMPT}"}`, headers: { 'Content-Type': 'text/plain' } }],
  ['POST /images', { body: { prompt: `${PROMPT}\u0000` } }],
  ['POST /images', { body: { prompt: PROMPT }, headers: { 'Idempotency-Key': KEY.repeat(50) } }],
  ['POST /images', { body: { prompt: PROMPT }, keyId: 'unknown' }],
  ['POST /images/edits', { body: { ...edit, image: `${IMAGE}!` } }],
  ['POST /images/edits', { body: { ...edit, image: undefined } }],
  ['POST /images/edits', { rawBody: `--x\r\n${PROMPT}`, headers: { 'Content-Type': 'multipart/form-data; boundary=x' } }],
  ['POST /text', { body: { prompt: `forbidden fruit ${PROMPT}`, system: SYSTEM } }],
  ['POST /v1/images/generations', { body: { prompt: `forbidden fruit ${PROMPT}` } }],
  ['POST /old', { body: { text: `forbidden fruit ${PROMPT}` } }],
  ['GET /nothing', { query: { q: PROMPT } }],
];

/** Errors of a model as its adapter throws them. The cause quotes the request. */
const MODEL_ERRORS: readonly ErrorCode[] = [
  'THROTTLED', 'MODEL_BUSY', 'MODEL_ERROR', 'MODEL_TIMEOUT', 'MODEL_UNAVAILABLE', 'CONTENT_FILTERED', 'INVALID_REQUEST',
];
function modelError(code: ErrorCode): ApiError {
  const isBusy = code === 'THROTTLED' || code === 'MODEL_BUSY';
  return new ApiError(code, 'the model failed', { cause: new Error(QUOTED), repeatable: isBusy, ...(isBusy && { retryAfterSeconds: 20 }) });
}

/** Errors of the SDK and bugs. The message of a `SyntaxError` of JSON.parse quotes the text. */
function serviceError(name: string): Error {
  return Object.assign(name === 'SyntaxError' ? new SyntaxError(QUOTED) : new Error(QUOTED), { name });
}

type Port = 'models' | 'textModel' | 'store' | 'records' | 'claims' | 'batches' | 'budgets' | 'queue' | 'eventPublisher';

/** Makes each call of a method of a port fail. */
function failAlways(world: QueuedWorld, port: Port, method: string, error: () => Error): void {
  Object.defineProperty(world[port], method, { value: async () => { throw error(); } });
}

type Fault = (world: QueuedWorld) => void;
const FAULTS: Readonly<Record<string, Fault>> = {
  'nothing fails': () => undefined,
  ...Object.fromEntries(MODEL_ERRORS.flatMap((code): [string, Fault][] => [
    [`the image model fails with ${code}`, (world) => failAlways(world, 'models', 'generate', () => modelError(code))],
    [`the text model fails with ${code}`, (world) => failAlways(world, 'textModel', 'generate', () => modelError(code))],
  ])),
  'the image model has a bug': (world) => failAlways(world, 'models', 'generate', () => serviceError('SyntaxError')),
  'the budget is spent': (world) => {
    Object.defineProperty(world.budgets, 'reserve', { value: async () => ({ isReserved: false, spentMicroUsd: 1_000_000_000 }) });
  },
  'the guardrail fails': (world) => { world.guardrail.fails = () => new Error(QUOTED); },
  ...Object.fromEntries(([
    ['store', ['put', 'find', 'read', 'readIfExists', 'remove', 'write']],
    ['records', ['put', 'create', 'replace', 'get', 'list', 'remove', 'cancel']],
    ['claims', ['take', 'replace', 'update', 'release']],
    ['batches', ['put', 'get']],
    ['budgets', ['reserve', 'add', 'spent']],
    ['queue', ['send', 'sendToDeadLetterQueue', 'changeVisibility', 'approximateDepth']],
    ['eventPublisher', ['publish']],
  ] as const).flatMap(([port, methods]) => methods.map((method): [string, Fault] => (
    [`${port}.${method} fails`, (world) => failAlways(world, port, method, () => serviceError('ServiceException'))])))),
};

/** Sends all requests and delivers all messages, also one that is not JSON. Returns the responses. */
async function runAll(world: QueuedWorld): Promise<Response[]> {
  const responses: Response[] = [];
  for (const [route, call] of [...REQUESTS, ...INVALID_REQUESTS]) {
    responses.push(await world.call(route, { ...call, headers: { ...HEADERS, ...call.headers } }));
    world.models.next.length = 0;
  }
  for (let round = 0; round < 3; round++) {
    world.time += 3_600_000 / 4;
    for (const { message } of world.queue.messages.splice(0)) await world.deliver(message, round + 1);
  }
  await world.deliver(`{"owner": "${PROMPT}`);
  return responses;
}

const send = jest.spyOn(EventBridgeClient.prototype, 'send').mockImplementation(async () => ({}));

/** Returns the events as they are sent to EventBridge. */
async function sentEvents(world: QueuedWorld): Promise<string[]> {
  send.mockClear();
  const publisher = new EventBridgePublisher(CONFIGURED, 'us-east-1');
  for (const { outcome, record } of world.eventPublisher.published) await publisher.publish(outcome, record, world.time, Date.now() + 60_000);
  return send.mock.calls.map(([{ input }]) => JSON.stringify(input));
}

const seenCodes = new Set<string>();

describe.each(Object.entries(FAULTS))('when %s', (_title, fault) => {
  it('no log line, metric, error response or event contains a secret', async () => {
    const world = new QueuedWorld(CONFIGURED);
    world.textModel.respond = () => ({ text: secret('enhanced'), stopReason: 'end_turn', usage: { inputTokens: 1, outputTokens: 1 } });
    fault(world);
    const responses = await runAll(world);

    const errors = responses.filter(({ status }) => status >= 400);
    errors.forEach(({ json }) => seenCodes.add(String(json.code)));
    const logs = world.logs.join('\n');
    for (const text of [logs, ...errors.map((response) => response.text), ...await sentEvents(world)]) {
      expect(text).not.toContain(MARK);
      expect(text).not.toContain(IMAGE.slice(100, 140));
    }
    // presigned URLs, and owners
    for (const forbidden of ['https:', 'client:alice']) expect(logs).not.toContain(forbidden);
    expect(() => world.logs.flatMap(datapointsOf)).not.toThrow();
    expect(world.logs.filter((line) => line.includes('"message":"request"'))).toHaveLength(responses.length);
  });
});

describe('the requests of the canary test', () => {
  it('are of all routes', () => {
    const all = [...Object.values(ROUTES_BY_SET).flat(), DOCUMENT_ROUTE].map(({ method, path }) => `${method} ${path.replace(/\{id\}/, ID)}`);
    expect(all.filter((route) => !REQUESTS.some(([requested]) => requested === route))).toEqual([]);
  });

  it('get all errors, except those of API Gateway', () => {
    expect(Object.keys(ERRORS).filter((code) => !seenCodes.has(code))).toEqual(['UNAUTHENTICATED', 'PAYLOAD_TOO_LARGE']);
  });

  it('would be found, because the store of records contains the prompt', async () => {
    const world = new QueuedWorld(CONFIGURED);
    await world.call('POST /images', { body: { prompt: PROMPT } });
    expect(JSON.stringify(world.records.items)).toContain(MARK);
  });
});

it('the authorizer does not log tokens', async () => {
  const lines: string[] = [];
  const verify = async () => { throw new Error(`the token ${TOKEN} has expired`); };
  const event = { headers: HEADERS, methodArn: 'arn:aws:execute-api:us-east-1:111122223333:a1b2c3d4e5/prod/POST/images', requestContext: { requestId: 'r' } };
  await authorize(event as never, { verify } as never, jsonLogger((line) => lines.push(line))).catch(() => undefined);
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.join()).not.toContain(MARK);
});

