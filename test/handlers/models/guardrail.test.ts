import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { startModelService } from '../../../local/model-service/server';
import type { GeneratedImage } from '../../../src/handlers/generation/ports';
import { BedrockGuardrail } from '../../../src/handlers/models/guardrail';
import { imageFile, type Format } from '../../fixtures/images';

const TARGET = { id: 'abc123', version: '7', region: 'eu-central-1' };
const MAX_BYTES = 4 * 1024 * 1024;
const inMilliseconds = (milliseconds: number) => Date.now() + milliseconds;

const generated = (bytes: Buffer, format: Format = 'png'): GeneratedImage => ({ bytes, contentType: `image/${format}`, width: 64, height: 64 });

type Check = (guardrail: BedrockGuardrail, deadline: number) => Promise<void>;
/** What the guardrail checks: the content as errors name it, and the mode of the model service that filters it. */
const CHECKS: [content: string, mode: string, check: Check][] = [
  ['prompt', 'guardrail-input', (guardrail, deadline) => guardrail.checkInput('a lighthouse', [], deadline)],
  ['input image', 'guardrail-input', (guardrail, deadline) => guardrail.checkInput('', [imageFile(64, 64)], deadline)],
  ['prompt or the input image', 'guardrail-input', (guardrail, deadline) => guardrail.checkInput('a lighthouse', [imageFile(64, 64)], deadline)],
  ['output image', 'guardrail-output', (guardrail, deadline) => guardrail.checkOutput(generated(imageFile(64, 64)), deadline)],
  ['response', 'guardrail-output', (guardrail, deadline) => guardrail.checkText('a lighthouse', deadline)],
];
/** The guardrail checks a prompt and its images in one call, and does not report which it filtered. */
const FILTERED: Readonly<Record<string, string>> = { 'prompt': 'prompt', 'input image': 'input', 'output image': 'output', 'response': 'output' };
const filtered = (content: string) => ({
  code: 'CONTENT_FILTERED', filtered: FILTERED[content], message: `the guardrail filtered the ${content}; change the request, because the same request is filtered again`, repeatable: false,
});
const BUSY = { code: 'MODEL_BUSY', retryAfterSeconds: 10, message: 'the guardrail could not check the content; try again later' };
const UNAVAILABLE = {
  code: 'MODEL_UNAVAILABLE', repeatable: false, message: 'the guardrail is not available to this API; the operator must correct it (the function log has the cause)',
};

beforeAll(() => {
  // another Region than the target's, which the client must use
  Object.assign(process.env, { AWS_REGION: 'ap-south-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
});

function guardrailAt(url: string): BedrockGuardrail {
  process.env.AWS_ENDPOINT_URL_BEDROCK_RUNTIME = url;
  return new BedrockGuardrail(TARGET);
}

describe('BedrockGuardrail, with the model service', () => {
  let service: Awaited<ReturnType<typeof startModelService>>;
  let guardrail: BedrockGuardrail;
  beforeAll(async () => { service = await startModelService(); });
  afterAll(() => service.close());

  const setMode = (mode: string, options: object = {}) =>
    fetch(`${service.controlUrl}/mode`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ mode, ...options }) });
  const guardrailCalls = async () =>
    (await (await fetch(`${service.controlUrl}/calls`)).json() as { guardrailCalls: { guardrailId: string; source: string; outcome: string }[] }).guardrailCalls;
  beforeEach(async () => {
    guardrail = guardrailAt(service.url);
    await setMode('ok');
    await fetch(`${service.controlUrl}/calls`, { method: 'DELETE' });
  });

  it.each(CHECKS)('accepts the %s after one call', async (_content, mode, check) => {
    await check(guardrail, inMilliseconds(5_000));
    const source = mode === 'guardrail-input' ? 'INPUT' : 'OUTPUT';
    expect(await guardrailCalls()).toEqual([expect.objectContaining({ guardrailId: 'abc123', source, outcome: 'ok' })]);
  });

  it.each(CHECKS)('throws CONTENT_FILTERED when the guardrail intervenes: %s', async (content, mode, check) => {
    await setMode(mode);
    await expect(check(guardrail, inMilliseconds(5_000))).rejects.toMatchObject(filtered(content));
  });

  it('sends the text of the prompt', async () => {
    await expect(guardrail.checkInput('something forbidden', [], inMilliseconds(5_000))).rejects.toMatchObject(filtered('prompt'));
  });

  it.each(CHECKS)('throws MODEL_BUSY when the guardrail fails: %s', async (_content, _mode, check) => {
    await setMode('guardrail-error');
    await expect(check(guardrail, inMilliseconds(5_000))).rejects.toMatchObject({ ...BUSY, cause: expect.objectContaining({ name: 'InternalServerException' }) });
  });

  it.each(CHECKS)('throws MODEL_BUSY at the deadline: %s', async (_content, mode, check) => {
    await setMode(mode, { delayMs: 3_000 });
    for (const left of [400, -1]) {
      const start = Date.now();
      await expect(check(guardrail, start + left)).rejects.toMatchObject(BUSY);
      expect(Date.now() - start).toBeGreaterThanOrEqual(left - 5);
      expect(Date.now() - start).toBeLessThan(1_500);
    }
  });

  it('does not call the guardrail for empty content', async () => {
    await setMode('guardrail-error');
    await guardrail.checkInput('', [], inMilliseconds(5_000));
    await guardrail.checkText('', inMilliseconds(5_000));
    expect(await guardrailCalls()).toEqual([]);
  });

  describe('supports texts of up to 25,000 characters', () => {
    const DIRECTIONS: [string, (text: string) => Promise<void>][] = [
      ['input', (text) => guardrail.checkInput(text, [], inMilliseconds(5_000))],
      ['output', (text) => guardrail.checkText(text, inMilliseconds(5_000))],
    ];

    it.each(DIRECTIONS)('accepts a text of exactly 25,000 characters: %s', async (_direction, check) => {
      await check('🦊'.repeat(25_000));
      expect(await guardrailCalls()).toEqual([expect.objectContaining({ outcome: 'ok' })]);
    });

    it.each(DIRECTIONS)('throws CONTENT_FILTERED without a call for one more character: %s', async (direction, check) => {
      await expect(check('x'.repeat(25_001))).rejects.toMatchObject({
        code: 'CONTENT_FILTERED',
        filtered: direction === 'input' ? 'prompt' : 'output',
        message: 'the guardrail of this API supports texts of at most 25000 characters, got 25001',
      });
      expect(await guardrailCalls()).toEqual([]);
    });
  });

  describe('supports PNG and JPEG of up to 4 MiB', () => {
    const png = imageFile(64, 64);
    /** Returns a complete PNG of this size, with zeros before its end. */
    const ofSize = (bytes: number) => Buffer.concat([png, Buffer.alloc(bytes - png.length - 12), png.subarray(-12)]);
    const DIRECTIONS: [string, (file: Buffer, format: Format) => Promise<void>][] = [
      ['input', (file) => guardrail.checkInput('a lighthouse', [png, file], inMilliseconds(5_000))],
      ['output', (file, format) => guardrail.checkOutput(generated(file, format), inMilliseconds(5_000))],
    ];

    it.each(DIRECTIONS)('accepts an image of exactly 4 MiB: %s', async (_direction, check) => {
      await check(ofSize(MAX_BYTES), 'png');
      expect(await guardrailCalls()).toEqual([expect.objectContaining({ outcome: 'ok' })]);
    });

    it.each(DIRECTIONS)('throws CONTENT_FILTERED without a call for one more byte: %s', async (direction, check) => {
      await expect(check(ofSize(MAX_BYTES + 1), 'png')).rejects.toMatchObject({
        code: 'CONTENT_FILTERED', filtered: direction, message: 'the guardrail of this API supports images of at most 4194304 bytes, got 4194305',
      });
      expect(await guardrailCalls()).toEqual([]);
    });

    it.each(DIRECTIONS)('throws CONTENT_FILTERED without a call for WebP: %s', async (direction, check) => {
      await expect(check(imageFile(64, 64, 'webp'), 'webp')).rejects.toMatchObject({
        code: 'CONTENT_FILTERED', filtered: direction, message: 'the guardrail of this API supports PNG and JPEG only, got image/webp',
      });
      expect(await guardrailCalls()).toEqual([]);
    });
  });
});

describe('BedrockGuardrail, requests and responses', () => {
  interface RecordedRequest { readonly url?: string; readonly authorization?: string; readonly body: unknown }
  let requests: RecordedRequest[] = [];
  let reply: [status: number, body: string];
  let guardrail: BedrockGuardrail;
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      const { url, headers: { authorization } } = request;
      requests.push({ url, authorization, body: JSON.parse(Buffer.concat(chunks).toString('utf8')) });
      response.writeHead(reply[0], { 'content-type': 'application/json' }).end(reply[1]);
    });
  });
  beforeAll(() => new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); }));
  afterAll(() => new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  }));
  beforeEach(() => {
    requests = [];
    reply = [200, '{"action":"NONE"}'];
    guardrail = guardrailAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });

  const image = (file: Buffer, format: Format) => ({ image: { format, source: { bytes: file.toString('base64') } } });
  const [png, jpeg] = [imageFile(64, 64), imageFile(96, 64, 'jpeg')];

  it.each(CHECKS)('calls the guardrail of the target, in its Region and version: %s', async (_content, _mode, check) => {
    await check(guardrail, inMilliseconds(5_000));
    expect(requests).toMatchObject([{ url: '/guardrail/abc123/version/7/apply', authorization: expect.stringContaining('/eu-central-1/bedrock/aws4_request') }]);
  });

  it.each<[string, Check, object]>([
    ['a prompt', (one, deadline) => one.checkInput('a fox', [], deadline), { source: 'INPUT', content: [{ text: { text: 'a fox' } }] }],
    [
      'a prompt and each image', (one, deadline) => one.checkInput('a fox', [png, jpeg], deadline),
      { source: 'INPUT', content: [{ text: { text: 'a fox' } }, image(png, 'png'), image(jpeg, 'jpeg')] },
    ],
    ['an image alone', (one, deadline) => one.checkInput('', [jpeg], deadline), { source: 'INPUT', content: [image(jpeg, 'jpeg')] }],
    ['a generated image', (one, deadline) => one.checkOutput(generated(jpeg, 'jpeg'), deadline), { source: 'OUTPUT', content: [image(jpeg, 'jpeg')] }],
    ['a response', (one, deadline) => one.checkText('a vixen', deadline), { source: 'OUTPUT', content: [{ text: { text: 'a vixen' } }] }],
  ])('sends %s completely', async (_what, check, body) => {
    await check(guardrail, inMilliseconds(5_000));
    expect(requests.map((request) => request.body)).toEqual([body]);
  });

  it.each(['{"action":"GUARDRAIL_INTERVENED"}', '{"action":"ANONYMIZED"}', '{"action":""}', '{"action":null}', '{}'])(
    'throws CONTENT_FILTERED when the guardrail returns %s', async (body) => {
      reply = [200, body];
      for (const [content, , check] of CHECKS) await expect(check(guardrail, inMilliseconds(5_000))).rejects.toMatchObject(filtered(content));
    });

  it.each([[400, '{"__type":"ValidationException"}'], [403, '{"__type":"AccessDeniedException"}'], [404, '{"__type":"ResourceNotFoundException"}']])(
    'throws MODEL_UNAVAILABLE when the guardrail returns %i %s', async (...failure) => {
      reply = failure;
      for (const [, , check] of CHECKS) await expect(check(guardrail, inMilliseconds(5_000))).rejects.toMatchObject(UNAVAILABLE);
    });

  it.each([
    [400, '{"__type":"ServiceQuotaExceededException"}'], [429, '{"__type":"ThrottlingException"}'], [500, '{"__type":"InternalServerException"}'],
    [503, '{"__type":"ServiceUnavailableException"}'], [200, 'not JSON'],
  ])(
    'throws MODEL_BUSY when the guardrail returns %i %s', async (...failure) => {
      reply = failure;
      for (const [, , check] of CHECKS) await expect(check(guardrail, inMilliseconds(5_000))).rejects.toMatchObject(BUSY);
    });

  it('throws MODEL_BUSY when the guardrail cannot be reached', async () => {
    const unreachable = guardrailAt('http://127.0.0.1:1');
    for (const [, , check] of CHECKS) await expect(check(unreachable, inMilliseconds(5_000))).rejects.toMatchObject(BUSY);
  });
});
