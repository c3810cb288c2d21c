import { ApplyGuardrailCommand, ApplyGuardrailCommandInput, InternalServerException, ResourceNotFoundException, ValidationException } from '@aws-sdk/client-bedrock-runtime';
import { ModelService, startModelService } from '../../../local/model-service/server';
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

it('lets pass what holds no blocked word', async () => {
  const answer = await apply('a red boat, unforbidden');

  expect(answer).toMatchObject({ action: 'NONE', outputs: [], assessments: [] });
  expect(answer.usage?.wordPolicyUnits).toBe(1);
});

it.each(['forbidden', 'a Forbidden boat', 'it is forbidden!'])('intervenes at the input "%s"', async (text) => {
  const answer = await apply('a red boat', { content: [{ text: { text: 'a red boat' } }, { text: { text } }] });

  expect(answer).toMatchObject({
    action: 'GUARDRAIL_INTERVENED',
    outputs: [{ text: expect.stringMatching(/input/) }],
    assessments: [{ wordPolicy: { customWords: [{ match: 'forbidden', action: 'BLOCKED' }] } }],
  });
  expect((await calls(service)).guardrailCalls).toMatchObject([{ guardrailId: 'abc123', source: 'INPUT', outcome: 'intervened' }]);
});

it('does not look for the word in an output', async () => {
  expect((await apply('forbidden', { source: 'OUTPUT' })).action).toBe('NONE');
});

it.each([['guardrail-input', 'INPUT', 'OUTPUT'], ['guardrail-output', 'OUTPUT', 'INPUT']] as const)('%s: intervenes at the %s only', async (mode, source, other) => {
  await setMode(service, { mode, times: 1 });

  const actions = [
    (await apply('a red boat', { source: other })).action, (await apply('a red boat', { source })).action, (await apply('a red boat', { source })).action,
  ];

  expect(actions).toEqual(['NONE', 'GUARDRAIL_INTERVENED', 'NONE']);
});

it('guardrail-error: fails', async () => {
  await setMode(service, { mode: 'guardrail-error', times: 1 });

  await expect(apply('x')).rejects.toThrow(InternalServerException);
  expect((await apply('x')).action).toBe('NONE');
  expect((await calls(service)).guardrailCalls.map(({ outcome }) => outcome)).toEqual(['guardrail-error', 'ok']);
});

it('its modes are no business of models, nor theirs of its', async () => {
  await setMode(service, { mode: 'guardrail-input' });
  const answer = await invoke(http1Client(service), CORE, { prompt: 'x', output_format: 'jpeg' });
  await setMode(service, { mode: 'throttle', times: 1 });
  const { action } = await apply('x');

  expect([answer.finish_reasons, action]).toEqual([[null], 'NONE']);
  expect(await (await fetch(`${service.controlUrl}/mode`)).json()).toEqual({ mode: 'throttle', times: 1 });
  expect(await calls(service)).toMatchObject({ total: 1, calls: [{ modelId: CORE, outcome: 'ok' }], guardrailCalls: [{ outcome: 'ok' }] });
});

it('answers over HTTP/2 and to ARNs of its region', async () => {
  const guardrailIdentifier = 'arn:aws:bedrock:us-west-2:123456789012:guardrail/abc123';
  const client = http2Client(service);

  expect((await client.send(new ApplyGuardrailCommand(input('x', { guardrailIdentifier, guardrailVersion: 'DRAFT' })))).action).toBe('NONE');
  client.destroy();
  await expect(apply('x', { guardrailIdentifier: guardrailIdentifier.replace('us-west-2', 'us-east-1') })).rejects.toThrow(ResourceNotFoundException);
});

describe('images', () => {
  const bytes = (format: 'png' | 'jpeg', length: number) => Buffer.concat([imageFile(64, 64, undefined, format), Buffer.alloc(length)]).subarray(0, length);
  const MAX = 4 * 1024 * 1024;

  it.each<[string, ReturnType<typeof imageBlock>[]]>([
    ['a PNG', [imageBlock('png', imageFile(64, 64))]], ['a JPEG', [imageBlock('jpeg', imageFile(64, 64, undefined, 'jpeg'))]],
    ['4 MB', [imageBlock('png', bytes('png', MAX))]], ['8000 pixels', [imageBlock('png', imageFile(8000, 1))]],
    ['20 images', Array<ReturnType<typeof imageBlock>>(20).fill(imageBlock('png', imageFile(8, 8)))],
  ])('are taken: %s', async (_, content) => {
    expect((await apply('', { source: 'OUTPUT', content })).action).toBe('NONE');
  });

  it.each<[string, ReturnType<typeof imageBlock>[], RegExp]>([
    ['WebP', [imageBlock('png', imageFile(64, 64, undefined, 'webp'))], /not in the format png/],
    ['a JPEG said to be a PNG', [imageBlock('png', imageFile(64, 64, undefined, 'jpeg'))], /not in the format png/],
    ['another format', [imageBlock('webp' as 'png', imageFile(64, 64, undefined, 'webp'))], /must be png or jpeg/],
    ['a byte above 4 MB', [imageBlock('png', bytes('png', MAX + 1))], /larger than 4 MB/],
    ['8001 pixels', [imageBlock('png', imageFile(1, 8001))], /larger than 8000 pixels/],
    ['21 images', Array<ReturnType<typeof imageBlock>>(21).fill(imageBlock('png', imageFile(8, 8))), /21 images; the limit is 20/],
  ])('are refused: %s', async (_, content, fault) => {
    await expect(apply('', { content })).rejects.toThrow(fault);
    expect((await calls(service)).guardrailCalls.map(({ outcome }) => outcome)).toEqual(['refused']);
  });
});

describe('a request is refused', () => {
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
