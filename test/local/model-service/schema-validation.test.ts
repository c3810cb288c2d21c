import { ConverseCommand, ResourceNotFoundException, ValidationException } from '@aws-sdk/client-bedrock-runtime';
import { createCanvas } from '@napi-rs/canvas';
import { MODEL_FACTS } from '../../../local/model-service/schema/documented-facts';
import { type ModelService, startModelService } from '../../../local/model-service/server';
import { authorization, calls, CORE, http1Client, invoke, invokePath, post, SD35, setMode, ULTRA } from '../../helpers/model-service';

let service: ModelService;
beforeAll(async () => { service = await startModelService(); });
afterAll(async () => service.close());

const IMAGE = createCanvas(64, 96).toBuffer('image/png').toString('base64');
const SMALL_IMAGE = createCanvas(63, 96).toBuffer('image/png').toString('base64');
const GIF_IMAGE = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64').toString('base64');
const LONGEST = 'é'.repeat(10_000);

/** Bodies that a model accepts, and bodies that it rejects with a message. */
interface Cases {
  readonly accepted: readonly object[];
  readonly rejected: readonly (readonly [body: object, message: RegExp])[];
}

const ASPECT_RATIOS = ['16:9', '1:1', '21:9', '2:3', '3:2', '4:5', '5:4', '9:16', '9:21'];
const text = (name: string): Cases['rejected'] => [
  [{ prompt: 'x', [name]: `${LONGEST}x` }, new RegExp(`#/${name}: expected maxLength: 10000, actual: 10001`)],
  [{ prompt: 'x', [name]: 7 }, new RegExp(`#/${name}: expected type: String, found: Integer`)],
  [{ prompt: 'x', [name]: null }, new RegExp(`#/${name}: expected type: String, found: Null`)],
];
const common = (maxSeed: number, formats: readonly string[]): Cases => ({
  accepted: [
    { prompt: 'x' }, { prompt: LONGEST }, { prompt: '🦊'.repeat(10_000) },
    { prompt: 'x', negative_prompt: '' }, { prompt: 'x', negative_prompt: LONGEST },
    { prompt: 'x', seed: 0 }, { prompt: 'x', seed: maxSeed },
    { prompt: 'x', mode: 'text-to-image' },
    ...ASPECT_RATIOS.map((aspect_ratio) => ({ prompt: 'x', aspect_ratio })),
    ...formats.map((output_format) => ({ prompt: 'x', output_format })),
  ],
  rejected: [
    [{}, /#: required key \[prompt\] not found/],
    [{ prompt: '' }, /#\/prompt: expected minLength: 1, actual: 0/],
    ...text('prompt'), ...text('negative_prompt'),
    [{ prompt: 'x', seed: -1 }, /#\/seed: -1 is not greater or equal to 0/],
    [{ prompt: 'x', seed: maxSeed + 1 }, /#\/seed: \d+ is not less or equal to \d+/],
    [{ prompt: 'x', seed: 1.5 }, /#\/seed: expected type: Integer, found: Double/],
    [{ prompt: 'x', seed: '7' }, /#\/seed: expected type: Integer, found: String/],
    [{ prompt: 'x', aspect_ratio: '4:3' }, /#\/aspect_ratio: 4:3 is not a valid enum value/],
    [{ prompt: 'x', aspect_ratio: 1 }, /#\/aspect_ratio: expected type: String, found: Integer/],
    [{ prompt: 'x', output_format: 'gif' }, /#\/output_format: gif is not a valid enum value/],
    [{ prompt: 'x', output_format: 'PNG' }, /#\/output_format: PNG is not a valid enum value/],
    [{ prompt: 'x', output_format: true }, /#\/output_format: expected type: String, found: Boolean/],
    [{ prompt: 'x', mode: 'inpaint' }, /#\/mode: inpaint is not a valid enum value/],
    [{ prompt: 'x', mode: {} }, /#\/mode: expected type: String, found: JSONObject/],
    ...['cfg_scale', 'style_preset', 'steps', 'width', 'n', 'toString'].map((name) => (
      [{ prompt: 'x', [name]: 1 }, new RegExp(`#: extraneous key \\[${name}\\] is not permitted`)] as const
    )),
  ],
});

const startImage: Cases['rejected'] = [
  [{ prompt: 'x', mode: 'text-to-image', image: 7, strength: 0.5 }, /#\/image: expected type: String, found: Integer/],
  [{ prompt: 'x', mode: 'text-to-image', image: 'not base64!', strength: 0.5 }, /#\/image: the image is not base64/],
  [{ prompt: 'x', mode: 'text-to-image', image: GIF_IMAGE, strength: 0.5 }, /#\/image: the image format is not supported/],
  [{ prompt: 'x', mode: 'text-to-image', image: IMAGE, strength: -0.01 }, /#\/strength: -0.01 is not greater or equal to 0/],
  [{ prompt: 'x', mode: 'text-to-image', image: IMAGE, strength: 1.01 }, /#\/strength: 1.01 is not less or equal to 1/],
  [{ prompt: 'x', mode: 'text-to-image', image: IMAGE, strength: '0.5' }, /#\/strength: expected type: Number, found: String/],
];
const fromImage = { prompt: 'x', mode: 'image-to-image', image: IMAGE, strength: 0.5 };

const CASES: Readonly<Record<string, readonly Cases[]>> = {
  [CORE]: [common(4_294_967_295, ['png', 'jpeg']), {
    accepted: [],
    rejected: [
      [{ prompt: 'x', image: IMAGE }, /extraneous key \[image\]/],
      [{ prompt: 'x', strength: 0.5 }, /extraneous key \[strength\]/],
      [{ prompt: 'x', mode: 'image-to-image' }, /#\/mode: image-to-image is not a valid enum value/],
      [{ prompt: 'x', output_format: 'webp' }, /#\/output_format: webp is not a valid enum value/],
    ],
  }],
  [ULTRA]: [common(4_294_967_295, ['png', 'jpeg']), {
    accepted: [{ prompt: 'x', image: IMAGE }, { prompt: 'x', image: IMAGE, strength: 0 }, { prompt: 'x', image: IMAGE, strength: 1, aspect_ratio: '16:9' }],
    rejected: [
      ...startImage,
      [{ prompt: 'x', mode: 'image-to-image' }, /#\/mode: image-to-image is not a valid enum value/],
      [{ prompt: 'x', output_format: 'webp' }, /#\/output_format: webp is not a valid enum value/],
    ],
  }],
  [SD35]: [common(4_294_967_294, ['png', 'jpeg', 'webp']), {
    accepted: [fromImage, { ...fromImage, strength: 0 }, { ...fromImage, strength: 1 }],
    rejected: [
      ...startImage,
      [{ prompt: 'x', image: IMAGE, strength: 0.5 }, /extraneous key \[image\].*extraneous key \[strength\]/],
      [{ ...fromImage, image: undefined }, /required key \[image\] not found/],
      [{ ...fromImage, strength: undefined }, /required key \[strength\] not found/],
      [{ ...fromImage, image: SMALL_IMAGE }, /#\/image: expected sides of at least 64 pixels, actual: 63x96/],
      [{ ...fromImage, aspect_ratio: '1:1' }, /extraneous key \[aspect_ratio\] is not permitted/],
    ],
  }],
};

const abbreviate = (body: object) => JSON.stringify(body).slice(0, 90);
const ACCEPTED = Object.entries(CASES).flatMap(([id, cases]) => (
  cases.flatMap(({ accepted }) => accepted.map((body) => ({ id, body, name: abbreviate(body) })))
));
const REJECTED = Object.entries(CASES).flatMap(([id, cases]) => (
  cases.flatMap(({ rejected }) => rejected.map(([body, message]) => ({ id, body, message, name: abbreviate(body) })))
));

describe('Bedrock request body', () => {
  // a filtered response shows that the body is accepted, and is faster than an image
  beforeAll(async () => { await setMode(service, { mode: 'filter-output' }); });
  afterAll(async () => { await setMode(service, { mode: 'ok' }); });

  it.each(ACCEPTED)('is accepted by $id: $name', async ({ id, body }) => {
    const response = await post(service, invokePath(id), JSON.stringify(body));

    expect(await response.json()).toMatchObject({ finish_reasons: ['Filter reason: output image'] });
    expect(response.status).toBe(200);
  });

  it.each(REJECTED)('is rejected by $id: $name', async ({ id, body, message: expected }) => {
    const response = await post(service, invokePath(id), JSON.stringify(body));
    const { message } = await response.json() as { message: string };

    expect(response.status).toBe(400);
    expect(response.headers.get('x-amzn-errortype')).toBe('ValidationException');
    expect(message).toMatch(/^Malformed input request: .*, please reformat your input and try again\.$/);
    expect(message).toMatch(expected);
  });

  it('is rejected when it is not a JSON object', async () => {
    for (const body of ['', '{', '[]', '"prompt"', 'null']) {
      expect((await post(service, invokePath(CORE), body)).status).toBe(400);
    }
  });

  it('is accepted up to 25,000,000 bytes and rejected above', async () => {
    const body = (length: number) => {
      const bytes = Buffer.alloc(length, ' ');
      bytes.write('{"prompt":"x"}');
      return bytes;
    };

    expect((await post(service, invokePath(CORE), body(25_000_000))).status).toBe(200);
    expect((await post(service, invokePath(CORE), body(25_000_001))).status).toBe(413);
  });

  it('returns all violations in one message', async () => {
    const response = await post(service, invokePath(CORE), JSON.stringify({ seed: -1, foo: 1 }));

    expect(await response.json()).toEqual({
      message: 'Malformed input request: 3 schema violations found: #: required key [prompt] not found; '
        + '#/seed: -1 is not greater or equal to 0; #: extraneous key [foo] is not permitted, please reformat your input and try again.',
    });
  });
});

describe('Bedrock model id', () => {
  const ENDED = MODEL_FACTS.filter((model) => model.status === 'EOL').map((model) => model.modelId);
  const PROFILE_ONLY = MODEL_FACTS.filter((model) => model.requestSchema === 'stability-services').map((model) => model.modelId);

  it.each(ENDED)('%s fails because the model has reached the end of its life', async (id) => {
    const call = invoke(http1Client(service), id, { prompt: 'x' });

    await expect(call).rejects.toThrow(ResourceNotFoundException);
    await expect(call).rejects.toThrow(
      'This model version has reached the end of its life. Please refer to the AWS documentation for more details.');
  });

  it.each(PROFILE_ONLY)('%s requires an inference profile', async (id) => {
    const call = invoke(http1Client(service), id, { prompt: 'x' });

    await expect(call).rejects.toThrow(ValidationException);
    await expect(call).rejects.toThrow(`Invocation of model ID ${id} with on-demand throughput isn't supported. `
      + 'Retry your request with the ID or ARN of an inference profile that contains this model.');
  });

  it.each(['stability.unknown-v1:0', 'us.stability.stable-image-core-v1:1', 'arn:aws:bedrock:us-west-2::foundation-model/unknown',
    `arn:aws:bedrock:us-east-1::foundation-model/${CORE}`])('%s is invalid', async (id) => {
    const call = invoke(http1Client(service), id, { prompt: 'x' });

    await expect(call).rejects.toThrow(ValidationException);
    await expect(call).rejects.toThrow('The provided model identifier is invalid.');
  });

  it('can be an ARN', async () => {
    await setMode(service, { mode: 'filter-prompt', times: 1 });

    const response = await invoke(http1Client(service), `arn:aws:bedrock:us-west-2::foundation-model/${CORE}`, { prompt: 'x' });

    expect(response.finish_reasons).toEqual(['Filter reason: prompt']);
  });

  it('is invalid in a Region without the model', async () => {
    const call = invoke(http1Client(service, { region: 'us-east-1' }), CORE, { prompt: 'x' });

    await expect(call).rejects.toThrow('The provided model identifier is invalid.');
  });

  it('is invalid with invalid percent encoding', async () => {
    expect((await post(service, '/model/%E0%A4/invoke', '{"prompt":"x"}')).status).toBe(400);
  });
});

describe('Bedrock signature', () => {
  const REJECTED_HEADERS: readonly (readonly [string, Record<string, string>, string])[] = [
    ['is missing', {}, 'MissingAuthenticationTokenException'],
    ['is a bearer token', { authorization: 'Bearer abc' }, 'UnrecognizedClientException'],
    ['is for another service', { authorization: authorization('us-west-2', 's3') }, 'UnrecognizedClientException'],
    ['is truncated', { authorization: authorization().slice(0, -1) }, 'UnrecognizedClientException'],
    ['does not include the host', { authorization: authorization().replace('host;', '') }, 'UnrecognizedClientException'],
  ];

  it.each(REJECTED_HEADERS)('returns 403 when it %s', async (_, headers, exception) => {
    const response = await post(service, invokePath(CORE), '{"prompt":"x"}', headers);

    expect(response.status).toBe(403);
    expect(response.headers.get('x-amzn-errortype')).toBe(exception);
  });
});

describe('Bedrock Converse', () => {
  const NOVA = 'us.amazon.nova-2-lite-v1:0';
  const converse = async (modelId: string, prompt: string, options: object = {}, region = 'us-west-2') => http1Client(service, { region }).send(
    new ConverseCommand({ modelId, messages: [{ role: 'user', content: [{ text: prompt }] }], ...options }),
  );

  it.each([NOVA, 'global.amazon.nova-2-lite-v1:0', 'amazon.nova-lite-v1:0', 'us.amazon.nova-lite-v1:0'])('returns a text for %s', async (id) => {
    const [first, again, other] = [await converse(id, 'a red boat'), await converse(id, 'a red boat'), await converse(id, 'a blue boat')];

    expect(first.stopReason).toBe('end_turn');
    expect(first.output?.message?.content?.[0].text).toMatch(/^a red boat, /);
    expect(first.usage?.totalTokens).toBeGreaterThan(2);
    expect(again.output).toEqual(first.output);
    expect(other.output).not.toEqual(first.output);
  });

  it('stops at maxTokens and at stop sequences', async () => {
    const short = await converse(NOVA, 'a red boat', { inferenceConfig: { maxTokens: 2 } });
    const stopped = await converse(NOVA, 'a red boat', { inferenceConfig: { stopSequences: ['boat'] } });

    expect([short.output?.message?.content?.[0].text, short.stopReason]).toEqual(['a red bo', 'max_tokens']);
    expect([stopped.output?.message?.content?.[0].text, stopped.stopReason]).toEqual(['a red ', 'stop_sequence']);
  });

  it.each([
    ['a temperature above 1', { inferenceConfig: { temperature: 1.1 } }, /#\/inferenceConfig\/temperature: 1.1 is not less or equal to 1/],
    ['topP below 0', { inferenceConfig: { topP: -0.1 } }, /#\/inferenceConfig\/topP: -0.1 is not greater or equal to 0/],
    ['no tokens', { inferenceConfig: { maxTokens: 0 } }, /#\/inferenceConfig\/maxTokens: 0 is not greater or equal to 1/],
    ['more tokens than the limit of the model', { inferenceConfig: { maxTokens: 65_536 } }, /exceeds the model limit of 65535/],
    ['no message', { messages: [] }, /messages/],
    ['a blank text', { messages: [{ role: 'user', content: [{ text: ' ' }] }] }, /messages\.0\.content\.0 is blank/],
    ['an assistant message at the start', { messages: [{ role: 'assistant', content: [{ text: 'x' }] }] }, /must start with a user message/],
  ])('rejects %s', async (_, options, message) => {
    const call = converse(NOVA, 'x', options);

    await expect(call).rejects.toThrow(ValidationException);
    await expect(call).rejects.toThrow(message);
  });

  it('rejects image models, inference profiles of other Regions and a model id that requires a profile', async () => {
    await expect(converse(CORE, 'x')).rejects.toThrow(/This action doesn't support the model/);
    await expect(converse('jp.amazon.nova-2-lite-v1:0', 'x')).rejects.toThrow('The provided model identifier is invalid.');
    await expect(converse('amazon.nova-2-lite-v1:0', 'x')).rejects.toThrow(/on-demand throughput isn't supported/);
    await expect(converse('amazon.nova-lite-v1:0', 'x', {}, 'eu-central-1')).rejects.toThrow(/on-demand throughput isn't supported/);
  });
});

it('records rejected requests in every mode and does not decrement the mode', async () => {
  await fetch(`${service.controlUrl}/calls`, { method: 'DELETE' });
  await setMode(service, { mode: 'throttle', times: 1 });

  const response = await post(service, invokePath(CORE), '{}');

  expect(response.status).toBe(400);
  expect(await calls(service)).toMatchObject({ total: 1, calls: [{ modelId: CORE, outcome: 'rejected' }] });
  expect(await (await fetch(`${service.controlUrl}/mode`)).json()).toEqual({ mode: 'throttle', times: 1 });
  await setMode(service, { mode: 'ok' });
});
