import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { startModelService } from '../../../local/model-service/server';
import type { GeneratedImage } from '../../../src/handlers/generation/ports';
import { BedrockGuardrail } from '../../../src/handlers/models/guardrail';
import { picture, type Format } from '../../fixtures/images';

const TARGET = { id: 'abc123', version: '7', region: 'eu-central-1' };
const MOST_BYTES = 4 * 1024 * 1024;
const inMilliseconds = (milliseconds: number) => Date.now() + milliseconds;

const drawn = (bytes: Buffer, format: Format = 'png'): GeneratedImage => ({ bytes, contentType: `image/${format}`, width: 64, height: 64 });

type Ask = (guard: BedrockGuardrail, deadline: number) => Promise<void>;
/** What the guardrail is asked about; the side that takes offence, and how the stand-in is made to. */
const SIDES: [side: string, mode: string, ask: Ask][] = [
  ['prompt', 'guardrail-input', (guard, deadline) => guard.checkInput('a lighthouse', [], deadline)],
  ['prompt or the input image', 'guardrail-input', (guard, deadline) => guard.checkInput('a lighthouse', [picture(64, 64)], deadline)],
  ['output image', 'guardrail-output', (guard, deadline) => guard.checkOutput(drawn(picture(64, 64)), deadline)],
  ['answer', 'guardrail-output', (guard, deadline) => guard.checkText('a lighthouse', deadline)],
];
const filtered = (side: string) => ({
  code: 'CONTENT_FILTERED', message: `the guardrail filtered the ${side}; change the request, a repetition is filtered again`, repeatable: false,
});
const BUSY = { code: 'MODEL_BUSY', retryAfterSeconds: 10, message: 'the content could not be checked by the guardrail; try again later' };

beforeAll(() => {
  // a region of its own, so that the target's counts
  Object.assign(process.env, { AWS_REGION: 'ap-south-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
});

function guardAt(url: string): BedrockGuardrail {
  process.env.AWS_ENDPOINT_URL_BEDROCK_RUNTIME = url;
  return new BedrockGuardrail(TARGET);
}

describe('a guardrail on a strict Bedrock', () => {
  let service: Awaited<ReturnType<typeof startModelService>>;
  let guard: BedrockGuardrail;
  beforeAll(async () => { service = await startModelService(); });
  afterAll(() => service.close());

  const behave = (mode: string, options: object = {}) =>
    fetch(`${service.controlUrl}/mode`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ mode, ...options }) });
  const asked = async () =>
    (await (await fetch(`${service.controlUrl}/calls`)).json() as { guardrailCalls: { guardrailId: string; source: string; outcome: string }[] }).guardrailCalls;
  beforeEach(async () => {
    guard = guardAt(service.url);
    await behave('ok');
    await fetch(`${service.controlUrl}/calls`, { method: 'DELETE' });
  });

  it.each(SIDES)('that has nothing against it lets the %s pass, asked once', async (_side, mode, ask) => {
    await ask(guard, inMilliseconds(5_000));
    const source = mode === 'guardrail-input' ? 'INPUT' : 'OUTPUT';
    expect(await asked()).toEqual([expect.objectContaining({ guardrailId: 'abc123', source, outcome: 'ok' })]);
  });

  it.each(SIDES)('that intervenes says so of the %s', async (side, mode, ask) => {
    await behave(mode);
    await expect(ask(guard, inMilliseconds(5_000))).rejects.toMatchObject(filtered(side));
  });

  it('sees the words of a prompt', async () => {
    await expect(guard.checkInput('something forbidden', [], inMilliseconds(5_000))).rejects.toMatchObject(filtered('prompt'));
  });

  it.each(SIDES)('that fails lets no %s pass', async (_side, _mode, ask) => {
    await behave('guardrail-error');
    await expect(ask(guard, inMilliseconds(5_000))).rejects.toMatchObject({ ...BUSY, cause: expect.objectContaining({ name: 'InternalServerException' }) });
  });

  it.each(SIDES)('that takes too long is left at the deadline, and the %s does not pass', async (_side, mode, ask) => {
    await behave(mode, { delayMs: 3_000 });
    for (const left of [400, -1]) {
      const start = Date.now();
      await expect(ask(guard, start + left)).rejects.toMatchObject(BUSY);
      expect(Date.now() - start).toBeGreaterThanOrEqual(left - 5);
      expect(Date.now() - start).toBeLessThan(1_500);
    }
  });

  it('is not asked about nothing', async () => {
    await behave('guardrail-error');
    await guard.checkInput('', [], inMilliseconds(5_000));
    await guard.checkText('', inMilliseconds(5_000));
    expect(await asked()).toEqual([]);
  });

  describe('looks at PNG and JPEG of up to 4 MiB', () => {
    /** A whole PNG of that many bytes: zeros before its end. */
    const png = picture(64, 64);
    const ofSize = (bytes: number) => Buffer.concat([png, Buffer.alloc(bytes - png.length - 12), png.subarray(-12)]);
    const WAYS: [string, (file: Buffer, format: Format) => Promise<void>][] = [
      ['input', (file) => guard.checkInput('a lighthouse', [png, file], inMilliseconds(5_000))],
      ['output', (file, format) => guard.checkOutput(drawn(file, format), inMilliseconds(5_000))],
    ];

    it.each(WAYS)('and takes one of exactly 4 MiB: %s', async (_way, look) => {
      await look(ofSize(MOST_BYTES), 'png');
      expect(await asked()).toEqual([expect.objectContaining({ outcome: 'ok' })]);
    });

    it.each(WAYS)('and refuses one byte more without asking: %s', async (_way, look) => {
      await expect(look(ofSize(MOST_BYTES + 1), 'png')).rejects.toMatchObject({
        code: 'CONTENT_FILTERED', message: 'the guardrail of this API looks at images of at most 4194304 bytes, not at one of 4194305',
      });
      expect(await asked()).toEqual([]);
    });

    it.each(WAYS)('and refuses WebP without asking: %s', async (_way, look) => {
      await expect(look(picture(64, 64, 'webp'), 'webp')).rejects.toMatchObject({
        code: 'CONTENT_FILTERED', message: 'the guardrail of this API looks at PNG and JPEG only, not at image/webp',
      });
      expect(await asked()).toEqual([]);
    });
  });
});

describe('a guardrail whose requests and answers are looked at', () => {
  interface Seen { readonly url?: string; readonly authorization?: string; readonly body: unknown }
  let seen: Seen[] = [];
  let answer: [status: number, body: string];
  let guard: BedrockGuardrail;
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      const { url, headers: { authorization } } = request;
      seen.push({ url, authorization, body: JSON.parse(Buffer.concat(chunks).toString('utf8')) });
      response.writeHead(answer[0], { 'content-type': 'application/json' }).end(answer[1]);
    });
  });
  beforeAll(() => new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); }));
  afterAll(() => new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  }));
  beforeEach(() => {
    seen = [];
    answer = [200, '{"action":"NONE"}'];
    guard = guardAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });

  const image = (file: Buffer, format: Format) => ({ image: { format, source: { bytes: file.toString('base64') } } });
  const [png, jpeg] = [picture(64, 64), picture(96, 64, 'jpeg')];

  it.each(SIDES)('is the one of the target, in its region and version: %s', async (_side, _mode, ask) => {
    await ask(guard, inMilliseconds(5_000));
    expect(seen).toMatchObject([{ url: '/guardrail/abc123/version/7/apply', authorization: expect.stringContaining('/eu-central-1/bedrock/aws4_request') }]);
  });

  it.each<[string, Ask, object]>([
    ['a prompt', (one, deadline) => one.checkInput('a fox', [], deadline), { source: 'INPUT', content: [{ text: { text: 'a fox' } }] }],
    [
      'a prompt and each image', (one, deadline) => one.checkInput('a fox', [png, jpeg], deadline),
      { source: 'INPUT', content: [{ text: { text: 'a fox' } }, image(png, 'png'), image(jpeg, 'jpeg')] },
    ],
    ['an image alone', (one, deadline) => one.checkInput('', [jpeg], deadline), { source: 'INPUT', content: [image(jpeg, 'jpeg')] }],
    ['an image that was drawn', (one, deadline) => one.checkOutput(drawn(jpeg, 'jpeg'), deadline), { source: 'OUTPUT', content: [image(jpeg, 'jpeg')] }],
    ['an answer', (one, deadline) => one.checkText('a vixen', deadline), { source: 'OUTPUT', content: [{ text: { text: 'a vixen' } }] }],
  ])('sees %s whole', async (_what, ask, body) => {
    await ask(guard, inMilliseconds(5_000));
    expect(seen.map((request) => request.body)).toEqual([body]);
  });

  it.each(['{"action":"GUARDRAIL_INTERVENED"}', '{"action":"ANONYMIZED"}', '{"action":""}', '{"action":null}', '{}'])(
    'that answers %s lets nothing pass', async (body) => {
      answer = [200, body];
      for (const [side, , ask] of SIDES) await expect(ask(guard, inMilliseconds(5_000))).rejects.toMatchObject(filtered(side));
    });

  it.each([[403, '{"__type":"AccessDeniedException"}'], [404, '{"__type":"ResourceNotFoundException"}'], [503, '{"__type":"ServiceUnavailableException"}'], [200, 'no JSON']])(
    'that answers %i %s lets nothing pass', async (...bad) => {
      answer = bad;
      for (const [, , ask] of SIDES) await expect(ask(guard, inMilliseconds(5_000))).rejects.toMatchObject(BUSY);
    });

  it('that cannot be reached lets nothing pass', async () => {
    const nowhere = guardAt('http://127.0.0.1:1');
    for (const [, , ask] of SIDES) await expect(ask(nowhere, inMilliseconds(5_000))).rejects.toMatchObject(BUSY);
  });
});
