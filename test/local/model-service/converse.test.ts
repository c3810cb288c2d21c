import { ConverseCommand, type ConverseCommandOutput, ValidationException } from '@aws-sdk/client-bedrock-runtime';
import { imageSize } from 'image-size';
import { type ModelService, startModelService } from '../../../local/model-service/server';
import { http1Client, setMode, authorization, post } from '../../helpers/model-service';

let service: ModelService;
beforeAll(async () => { service = await startModelService(); });
afterAll(async () => service.close());
beforeEach(async () => { await setMode(service, { mode: 'ok' }); });

const NOVA2 = 'us.amazon.nova-2-lite-v1:0';
const NOVA1 = 'us.amazon.nova-lite-v1:0';
const OMNI = 'us.amazon.nova-2-omni-v1:0';

const converse = async (modelId: string, options: object = {}, region = 'us-west-2') => http1Client(service, { region }).send(
  new ConverseCommand({ modelId, messages: [{ role: 'user', content: [{ text: 'a red boat' }] }], ...options }),
);
const content = (response: ConverseCommandOutput) => response.output?.message?.content ?? [];
const texts = (response: ConverseCommandOutput) => content(response).flatMap((block) => block.text === undefined ? [] : [block.text]);
const enabled = (maxReasoningEffort?: string) => ({ additionalModelRequestFields: { reasoningConfig: { type: 'enabled', maxReasoningEffort } } });

describe('Converse request', () => {
  it.each<[string, object]>([
    ...[NOVA1, NOVA2, OMNI].flatMap((id): [string, object][] => [
      [id, { inferenceConfig: { temperature: 0, topP: 0, maxTokens: 1 } }], [id, { inferenceConfig: { temperature: 1, topP: 1 } }],
      [id, { inferenceConfig: { stopSequences: Array(2500).fill('zzz') } }], [id, { inferenceConfig: {} }],
      [id, { system: [{ text: 'be brief' }, { text: 'be kind' }] }], [id, { additionalModelRequestFields: { inferenceConfig: { topK: 0 } } }],
      [id, { additionalModelRequestFields: { inferenceConfig: { topK: 128 } } }], [id, { requestMetadata: { app: 'x' } }],
    ]),
    [NOVA1, { inferenceConfig: { maxTokens: 10_000 } }], [NOVA2, { inferenceConfig: { maxTokens: 65_535 } }],
    [NOVA2, { additionalModelRequestFields: { reasoningConfig: { type: 'disabled' } } }],
    [NOVA2, { ...enabled('low'), inferenceConfig: { temperature: 0.5 } }], [NOVA2, enabled('high')],
  ])('is accepted by %s: %j', async (id, options) => {
    expect(content(await converse(id, options)).length).toBeGreaterThan(0);
  });

  it.each<[string, object, RegExp]>([
    ...[NOVA1, NOVA2, OMNI].flatMap((id): [string, object, RegExp][] => [
      [id, { inferenceConfig: { temperature: -0.01 } }, /temperature: -0.01 is not greater or equal to 0/],
      [id, { inferenceConfig: { temperature: 1.01 } }, /temperature: 1.01 is not less or equal to 1/],
      [id, { inferenceConfig: { topP: -0.01 } }, /topP: -0.01 is not greater/], [id, { inferenceConfig: { topP: 1.01 } }, /topP: 1.01 is not less/],
      [id, { inferenceConfig: { maxTokens: 0 } }, /maxTokens: 0 is not greater or equal to 1/],
      [id, { inferenceConfig: { stopSequences: Array(2501).fill('zzz') } }, /expected maximum item count: 2500, found: 2501/],
      [id, { inferenceConfig: { stopSequences: ['x', ''] } }, /stopSequences\/1: expected minLength: 1/],
      [id, { system: [{ text: ' ' }] }, /system\.0 is blank/],
      [id, { additionalModelRequestFields: { inferenceConfig: { topK: 129 } } }, /#\/inferenceConfig\/topK: 129 is not less or equal to 128/],
      [id, { additionalModelRequestFields: { seed: 7 } }, /extraneous key \[seed\]/],
    ]),
    [NOVA1, { inferenceConfig: { maxTokens: 10_001 } }, /exceeds the model limit of 10000/],
    [NOVA2, { inferenceConfig: { maxTokens: 65_536 } }, /exceeds the model limit of 65535/],
    [NOVA1, enabled('low'), /extraneous key \[reasoningConfig\]/],
    [NOVA2, enabled('most'), /maxReasoningEffort: most is not a valid enum value/],
    [NOVA2, { additionalModelRequestFields: { reasoningConfig: { type: 'on' } } }, /type: on is not a valid enum value/],
    [NOVA2, { additionalModelRequestFields: { reasoningConfig: {} } }, /required key \[type\] not found/],
    [NOVA2, { ...enabled('high'), inferenceConfig: { temperature: 0.5, maxTokens: 9 } }, /temperature, maxTokens must not be set/],
  ])('is rejected by %s: %j', async (id, options, message) => {
    const call = converse(id, options);

    await expect(call).rejects.toThrow(ValidationException);
    await expect(call).rejects.toThrow(message);
  });

  // the SDK rejects these bodies
  const messages = [{ role: 'user', content: [{ text: 'x' }] }];
  it.each<[object, RegExp]>([
    [{ messages, temperature: 1 }, /#: extraneous key \[temperature\] is not permitted/], [{ messages, prompt: 'x' }, /extraneous key \[prompt\]/],
    [{ messages, inferenceConfig: { temperature: '1' } }, /temperature: expected type: Number, found: String/],
    [{ messages, inferenceConfig: { maxTokens: 1.5 } }, /maxTokens: expected type: Integer, found: Double/],
    [{ messages, inferenceConfig: { stopSequences: 'x' } }, /stopSequences: expected type: JSONArray of String/],
    [{ messages, inferenceConfig: { topK: 1 } }, /#\/inferenceConfig: extraneous key \[topK\]/],
    [{ messages, inferenceConfig: [] }, /#\/inferenceConfig: expected type: JSONObject/], [{ messages, system: 'x' }, /#\/system: expected type: JSONArray/],
    [{ messages, additionalModelRequestFields: 'x' }, /additionalModelRequestFields: expected type: JSONObject/],
    [{}, /messages field is required/],
  ])('is rejected: %j', async (body, message) => {
    const response = await post(service, `/model/${encodeURIComponent(NOVA2)}/converse`, JSON.stringify(body), { authorization: authorization() });

    expect(response.status).toBe(400);
    expect((await response.json() as { message: string }).message).toMatch(message);
  });
});

describe('reasoning', () => {
  const isReasoning = (response: ConverseCommandOutput) => content(response).map((block) => block.reasoningContent !== undefined);

  it.each([NOVA2, OMNI])('of %s is the first content block when enabled, and is billed', async (id) => {
    const plain = await converse(id);
    const reasoned = await converse(id, enabled('low'));

    expect(isReasoning(plain)).not.toContain(true);
    expect(content(reasoned)[0].reasoningContent?.reasoningText?.text).toBe('[REDACTED]');
    expect(content(reasoned).slice(1)).toEqual(content(plain));
    expect(reasoned.usage?.outputTokens).toBeGreaterThan(plain.usage?.outputTokens ?? Infinity);
  });

  it.each([NOVA1, NOVA2, OMNI])('of %s is returned in the mode reasoning', async (id) => {
    await setMode(service, { mode: 'reasoning', times: 1 });

    expect(isReasoning(await converse(id))[0]).toBe(true);
    expect(isReasoning(await converse(id))).not.toContain(true);
  });

  it('does not change the stop reason', async () => {
    const response = await converse(NOVA2, { ...enabled('low'), inferenceConfig: { maxTokens: 2 } });

    expect([response.stopReason, texts(response)]).toEqual(['max_tokens', ['a red bo']]);
  });
});

it('Converse ends the text at the first of several stop sequences', async () => {
  const response = await converse(NOVA2, { inferenceConfig: { stopSequences: ['zzz', 'boat', 'red'] } });

  expect([response.stopReason, texts(response)]).toEqual(['stop_sequence', ['a ']]);
});

it('Converse considers the system prompt', async () => {
  const responses = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map(async (text) => texts(await converse(NOVA2, { system: [{ text }] }))[0]));

  expect(new Set(responses).size).toBeGreaterThan(1);
});

describe('Nova Omni', () => {
  const imageOf = (response: ConverseCommandOutput) => Buffer.from(content(response).find((block) => block.image)?.image?.source?.bytes ?? []);

  it('returns a text and then an image, equal for an equal prompt', async () => {
    const [first, again, other] = [await converse(OMNI), await converse(OMNI), await converse(OMNI, { system: [{ text: 'in blue' }] })];

    expect(content(first)).toMatchObject([{ text: expect.any(String) }, { image: { format: 'png', source: { bytes: expect.anything() } } }]);
    expect(first.stopReason).toBe('end_turn');
    expect(imageSize(imageOf(first))).toMatchObject({ width: 1024, height: 1024, type: 'png' });
    expect(imageOf(again).equals(imageOf(first))).toBe(true);
    expect(imageOf(other).equals(imageOf(first))).toBe(false);
  });

  it.each(['filter-prompt', 'filter-input', 'filter-output', 'filter-some'])('returns no image in the mode %s', async (mode) => {
    await setMode(service, { mode });
    const response = await converse(OMNI);

    expect(response.stopReason).toBe('content_filtered');
    expect(content(response).map((block) => Object.keys(block))).toEqual([['text']]);
  });

  it('returns half of the image in the mode truncated', async () => {
    const whole = imageOf(await converse(OMNI));
    await setMode(service, { mode: 'truncated' });

    expect(imageOf(await converse(OMNI)).equals(whole.subarray(0, Math.floor(whole.length / 2)))).toBe(true);
  });

  it.each([[OMNI, 'us-east-1'], [OMNI, 'us-west-1'], ['global.amazon.nova-2-omni-v1:0', 'eu-central-1'], ['global.amazon.nova-2-omni-v1:0', 'sa-east-1']])(
    'is called as %s from %s', async (id, region) => {
      await setMode(service, { mode: 'filter-prompt' });
      const arn = `arn:aws:bedrock:${region}:123456789012:inference-profile/${id}`;

      expect((await converse(id, {}, region)).stopReason).toBe('content_filtered');
      expect((await converse(arn, {}, region)).stopReason).toBe('content_filtered');
    },
  );

  it.each([[OMNI, 'eu-central-1'], [OMNI, 'us-gov-west-1'], ['global.amazon.nova-2-omni-v1:0', 'cn-north-1'], ['eu.amazon.nova-2-omni-v1:0', 'eu-west-1']])(
    'does not exist as %s in %s', async (id, region) => {
      await expect(converse(id, {}, region)).rejects.toThrow('The provided model identifier is invalid.');
    },
  );

  it('cannot be called without an inference profile', async () => {
    await expect(converse('amazon.nova-2-omni-v1:0')).rejects.toThrow(/on-demand throughput isn't supported/);
  });
});
