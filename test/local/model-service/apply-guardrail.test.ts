import { ApplyGuardrailCommand, type ApplyGuardrailCommandInput, InternalServerException, ResourceNotFoundException, ValidationException } from '@aws-sdk/client-bedrock-runtime';
import { type ModelService, startModelService } from '../../../local/model-service/server';
import { authorization, calls, CORE, http1Client, http2Client, imageFile, invoke, post, setMode } from '../../helpers/model-service';

let service: ModelService;
beforeAll(async () => { service = await startModelService(); });
afterAll(async () => service.close());
beforeEach(async () => {
  await setMode(service, { mode: 'ok' });
  await fetch(`${service.controlUrl}/calls`, { method: 'DELETE' });
});

const input = (text: string, others: Partial<ApplyGuardrailCommandInput> = {}): ApplyGuardrailCommandInput => (
  { guardrailIdentifier: 'abc123', guardrailVersion: '1', source: 'INPUT', content: [{ text: { text } }], ...others }
);
const apply = async (text: string, others: Partial<ApplyGuardrailCommandInput> = {}) =>
  http1Client(service).send(new ApplyGuardrailCommand(input(text, others)));
const imageBlock = (format: 'png' | 'jpeg', bytes: Uint8Array) => ({ image: { format, source: { bytes } } });

it('ApplyGuardrail returns NONE without the blocked word', async () => {
  const response = await apply('a red boat, unforbidden');

  expect(response).toMatchObject({ action: 'NONE', outputs: [], assessments: [] });
  expect(response.usage?.wordPolicyUnits).toBe(1);
});

it.each(['forbidden', 'a Forbidden boat', 'it is forbidden!'])('ApplyGuardrail intervenes on the input "%s"', async (text) => {
  const response = await apply('a red boat', { content: [{ text: { text: 'a red boat' } }, { text: { text } }] });

  expect(response).toMatchObject({
    action: 'GUARDRAIL_INTERVENED',
    outputs: [{ text: expect.stringMatching(/input/) }],
    assessments: [{ wordPolicy: { customWords: [{ match: 'forbidden', action: 'BLOCKED' }] } }],
  });
  expect((await calls(service)).guardrailCalls).toMatchObject([{ guardrailId: 'abc123', source: 'INPUT', outcome: 'intervened' }]);
});

it('ApplyGuardrail ignores the blocked word in an output', async () => {
  expect((await apply('forbidden', { source: 'OUTPUT' })).action).toBe('NONE');
});

it('ApplyGuardrail accepts 25 text units of 1,000 characters and rejects more', async () => {
  const half = { text: { text: '🦊'.repeat(12_500) } };
  expect((await apply('', { content: [half, half] })).action).toBe('NONE');
  await expect(apply('', { content: [half, half, { text: { text: 'x' } }] })).rejects.toThrow(ValidationException);
});

it.each([['guardrail-input', 'INPUT', 'OUTPUT'], ['guardrail-output', 'OUTPUT', 'INPUT']] as const)('ApplyGuardrail in the mode %s intervenes only on %s', async (mode, source, other) => {
  await setMode(service, { mode, times: 1 });

  const actions = [
    (await apply('a red boat', { source: other })).action, (await apply('a red boat', { source })).action, (await apply('a red boat', { source })).action,
  ];

  expect(actions).toEqual(['NONE', 'GUARDRAIL_INTERVENED', 'NONE']);
});

it('ApplyGuardrail fails in the mode guardrail-error', async () => {
  await setMode(service, { mode: 'guardrail-error', times: 1 });

  await expect(apply('x')).rejects.toThrow(InternalServerException);
  expect((await apply('x')).action).toBe('NONE');
  expect((await calls(service)).guardrailCalls.map(({ outcome }) => outcome)).toEqual(['guardrail-error', 'ok']);
});

it('guardrail modes do not affect models, and model modes do not affect guardrails', async () => {
  await setMode(service, { mode: 'guardrail-input' });
  const response = await invoke(http1Client(service), CORE, { prompt: 'x', output_format: 'jpeg' });
  await setMode(service, { mode: 'throttle', times: 1 });
  const { action } = await apply('x');

  expect([response.finish_reasons, action]).toEqual([[null], 'NONE']);
  expect(await (await fetch(`${service.controlUrl}/mode`)).json()).toEqual({ mode: 'throttle', times: 1 });
  expect(await calls(service)).toMatchObject({ total: 1, calls: [{ modelId: CORE, outcome: 'ok' }], guardrailCalls: [{ outcome: 'ok' }] });
});

it('ApplyGuardrail supports HTTP/2 and ARNs in its Region', async () => {
  const guardrailIdentifier = 'arn:aws:bedrock:us-west-2:123456789012:guardrail/abc123';
  const client = http2Client(service);

  expect((await client.send(new ApplyGuardrailCommand(input('x', { guardrailIdentifier, guardrailVersion: 'DRAFT' })))).action).toBe('NONE');
  client.destroy();
  await expect(apply('x', { guardrailIdentifier: guardrailIdentifier.replace('us-west-2', 'us-east-1') })).rejects.toThrow(ResourceNotFoundException);
});

describe('image content of ApplyGuardrail', () => {
  const bytes = (format: 'png' | 'jpeg', length: number) => Buffer.concat([imageFile(64, 64, undefined, format), Buffer.alloc(length)]).subarray(0, length);
  const MAX = 4 * 1024 * 1024;

  it.each<[string, ReturnType<typeof imageBlock>[]]>([
    ['a PNG', [imageBlock('png', imageFile(64, 64))]], ['a JPEG', [imageBlock('jpeg', imageFile(64, 64, undefined, 'jpeg'))]],
    ['4 MB', [imageBlock('png', bytes('png', MAX))]], ['8000 pixels', [imageBlock('png', imageFile(8000, 1))]],
    ['20 images', Array<ReturnType<typeof imageBlock>>(20).fill(imageBlock('png', imageFile(8, 8)))],
  ])('is accepted: %s', async (_, content) => {
    expect((await apply('', { source: 'OUTPUT', content })).action).toBe('NONE');
  });

  it.each<[string, ReturnType<typeof imageBlock>[], RegExp]>([
    ['WebP', [imageBlock('png', imageFile(64, 64, undefined, 'webp'))], /not in the format png/],
    ['a JPEG declared as PNG', [imageBlock('png', imageFile(64, 64, undefined, 'jpeg'))], /not in the format png/],
    ['another format', [imageBlock('webp' as 'png', imageFile(64, 64, undefined, 'webp'))], /must be png or jpeg/],
    ['4 MB and one byte', [imageBlock('png', bytes('png', MAX + 1))], /larger than 4 MB/],
    ['8001 pixels', [imageBlock('png', imageFile(1, 8001))], /larger than 8000 pixels/],
    ['21 images', Array<ReturnType<typeof imageBlock>>(21).fill(imageBlock('png', imageFile(8, 8))), /21 images; the limit is 20/],
  ])('is rejected: %s', async (_, content, message) => {
    await expect(apply('', { content })).rejects.toThrow(message);
    expect((await calls(service)).guardrailCalls.map(({ outcome }) => outcome)).toEqual(['rejected']);
  });
});

describe('ApplyGuardrail rejects a request', () => {
  it.each<[object]>([
    [{ guardrailIdentifier: 'ABC' }], [{ guardrailIdentifier: 'a-b' }], [{ guardrailVersion: '0' }], [{ guardrailVersion: 'latest' }],
    [{ source: 'BOTH' }], [{ content: [] }], [{ content: [{ text: { text: '' } }] }], [{ outputScope: 'SOME' }],
  ])('with %j', async (others) => {
    await expect(apply('x', others)).rejects.toThrow(ValidationException);
  });

  it.each([
    ['{}', 400], ['{', 400], ['{"source":"INPUT","content":[{"text":{"text":"x"}}],"prompt":"x"}', 400], ['{"source":"INPUT","content":[{"video":{}}]}', 400],
    ['{"source":"INPUT","content":["x"]}', 400],
  ])('with the body %s', async (body, status) => {
    expect((await post(service, '/guardrail/abc123/version/1/apply', body, { authorization: authorization() })).status).toBe(status);
  });

  it('without a signature', async () => {
    expect((await fetch(`${service.url}/guardrail/abc123/version/1/apply`, { method: 'POST', body: '{}' })).status).toBe(403);
  });
});
