import { MODEL_MODES, type ModelMode } from '../../../local/model-service/control/control';
import { type ModelService, startModelService } from '../../../local/model-service/server';
import { authorization, calls, CORE, imageFile, post, setMode } from '../../helpers/model-service';

let service: ModelService;
beforeAll(async () => { service = await startModelService(); });
afterAll(async () => service.close());

const ACCOUNT_ARN = 'arn:aws:bedrock:us-west-2:123456789012:provisioned-model';
const invokePath = (id: string) => `/model/${encodeURIComponent(id)}/invoke`;
const SAGEMAKER = {
  'authorization': authorization('us-west-2', 'sagemaker'), 'content-type': 'application/json', 'accept': 'application/json',
};
const BEDROCK = { authorization: authorization() };
const TEXT_PROMPTS = { text_prompts: [{ text: 'x' }], width: 64, height: 64 };
const MESSAGES = { messages: [{ role: 'user', content: [{ text: 'x' }] }] };

/** The expected response: a pattern for its body, or the name of the exception. */
type Expected = string | RegExp;
interface Family {
  readonly path: string;
  readonly body: object;
  readonly headers: Record<string, string>;
  readonly success: RegExp;
  readonly filters: Readonly<Record<'filter-prompt' | 'filter-input' | 'filter-output' | 'filter-some', Expected>>;
  readonly inferenceError: Expected;
  readonly errors: Readonly<Partial<Record<ModelMode, string>>>;
}

const BEDROCK_ERRORS = {
  'throttle': 'ThrottlingException',
  'end-of-life': 'ResourceNotFoundException',
  'access-denied': 'AccessDeniedException',
  'server-error': 'InternalServerException',
  'model-error': 'ModelErrorException',
  'model-timeout': 'ModelTimeoutException',
  'not-ready': 'ModelNotReadyException',
  'unavailable': 'ServiceUnavailableException',
  'quota-exceeded': 'ServiceQuotaExceededException',
};
const SAGEMAKER_ERRORS = {
  'throttle': 'ThrottlingException',
  'end-of-life': 'ValidationError',
  'access-denied': 'AccessDeniedException',
  'server-error': 'InternalFailure',
  'model-error': 'ModelError',
  'model-timeout': 'ModelError',
  'not-ready': 'ModelNotReadyException',
  'unavailable': 'ServiceUnavailable',
  'quota-exceeded': 'ThrottlingException',
};
const reasons = (of: string) => new RegExp(`^\\{"seeds":\\[\\d+\\],"finish_reasons":\\["${of}"\\]\\}$`);
const STABILITY_FILTERS = {
  'filter-prompt': reasons('Filter reason: prompt'),
  'filter-input': reasons('Filter reason: input image'),
  'filter-output': reasons('Filter reason: output image'),
  'filter-some': reasons('Filter reason: output image'),
};
const stability = { headers: BEDROCK, success: /"finish_reasons":\[null\],"images":\["/, filters: STABILITY_FILTERS, inferenceError: reasons('Inference error') };
const everyFilter = (expected: Expected) => (
  { 'filter-prompt': expected, 'filter-input': expected, 'filter-output': expected, 'filter-some': expected }
);

const FAMILIES: Readonly<Record<string, Family>> = {
  'stability-v2': { ...stability, path: invokePath(CORE), body: { prompt: 'x', output_format: 'jpeg' }, errors: BEDROCK_ERRORS },
  'stability-services': {
    ...stability, path: invokePath('us.stability.stable-fast-upscale-v1:0'), body: { image: imageFile(64, 64).toString('base64') }, errors: BEDROCK_ERRORS,
  },
  'stability-v1': {
    path: invokePath(`${ACCOUNT_ARN}/sdxl-x`),
    body: TEXT_PROMPTS,
    headers: BEDROCK,
    success: /"finishReason":"SUCCESS"/,
    filters: { ...everyFilter(/"finishReason":"CONTENT_FILTERED"/), 'filter-prompt': 'ValidationException', 'filter-input': 'ValidationException' },
    inferenceError: /"finishReason":"ERROR"/,
    errors: BEDROCK_ERRORS,
  },
  'amazon-image': {
    path: invokePath(`${ACCOUNT_ARN}/nova-canvas-x`),
    headers: BEDROCK,
    success: /^\{"images":\["[^"]+"\],"error":null\}$/,
    body: { taskType: 'TEXT_IMAGE', textToImageParams: { text: 'x' }, imageGenerationConfig: { width: 320, height: 320 } },
    filters: {
      ...everyFilter(/^\{"images":\[\],"error":"All of/), 'filter-prompt': 'ValidationException', 'filter-input': 'ValidationException',
    },
    inferenceError: 'InternalServerException',
    errors: BEDROCK_ERRORS,
  },
  'text': {
    path: '/model/us.amazon.nova-lite-v1:0/converse',
    body: MESSAGES,
    headers: BEDROCK,
    success: /"text":"x, .*"stopReason":"end_turn"/,
    filters: everyFilter(/"stopReason":"content_filtered"/),
    inferenceError: 'InternalServerException',
    errors: BEDROCK_ERRORS,
  },
  'text and image': {
    path: '/model/us.amazon.nova-2-omni-v1:0/converse',
    body: MESSAGES,
    headers: BEDROCK,
    success: /"image":\{"format":"png".*"stopReason":"end_turn"/,
    filters: everyFilter(/"content":\[\{"text":"[^"]*"\}\]\}\},"stopReason":"content_filtered"/),
    inferenceError: 'InternalServerException',
    errors: BEDROCK_ERRORS,
  },
  'JumpStart': {
    path: '/endpoints/sd/invocations',
    body: { prompt: 'x', width: 64, height: 64 },
    headers: SAGEMAKER,
    success: /^\{"generated_images":\[\[\[\[\d/,
    filters: everyFilter(/^\{"generated_images":\[\[\[\[0,0,0\]/),
    inferenceError: 'InternalFailure',
    errors: SAGEMAKER_ERRORS,
  },
  'SDXL on an endpoint': {
    path: '/endpoints/sdxl/invocations',
    body: TEXT_PROMPTS,
    headers: SAGEMAKER,
    success: /"finishReason":"SUCCESS"/,
    filters: { ...everyFilter(/"finishReason":"CONTENT_FILTERED"/), 'filter-prompt': 'ModelError', 'filter-input': 'ModelError' },
    inferenceError: /"finishReason":"ERROR"/,
    errors: SAGEMAKER_ERRORS,
  },
};

function expectedOf(family: Family, mode: ModelMode): Expected {
  switch (mode) {
    case 'filter-prompt':
    case 'filter-input':
    case 'filter-output':
    case 'filter-some': return family.filters[mode];
    case 'inference-error': return family.inferenceError;
    case 'malformed': return /none of this is as documented/;
    case 'reset': return 'no response';
    case 'reasoning': return family.body === MESSAGES ? /"reasoningContent":.*"stopReason":"end_turn"/ : family.success;
    // a truncated image is in a complete body
    case 'truncated': return family.body === MESSAGES ? /"stopReason":"end_turn"/ : family.success;
    default: return family.errors[mode] ?? family.success;
  }
}

const CASES = Object.entries(FAMILIES).flatMap(([name, family]) =>
  MODEL_MODES.map((mode) => ({ name, mode, family, expected: expectedOf(family, mode) })));

it.each(CASES)('$name returns $expected in the mode $mode', async ({ mode, family, expected }) => {
  await fetch(`${service.controlUrl}/calls`, { method: 'DELETE' });
  await setMode(service, { mode, times: 1, delayMs: 0 });

  const response = await post(service, family.path, JSON.stringify(family.body), family.headers).catch(() => undefined);
  const text = await response?.text() ?? '';

  if (typeof expected === 'string') {
    expect(response?.headers.get('x-amzn-errortype') ?? 'no response').toBe(expected);
    expect(response?.status ?? 500).toBeGreaterThanOrEqual(400);
  } else {
    expect(response?.status).toBe(200);
    expect(text).toMatch(expected);
  }
  expect((await calls(service)).calls.map(({ outcome }) => outcome)).toEqual([mode]);
});

it.each(Object.entries(FAMILIES))('%s rejects an unknown parameter in every mode and does not decrement the mode', async (_, { path, body, headers }) => {
  await fetch(`${service.controlUrl}/calls`, { method: 'DELETE' });
  await setMode(service, { mode: 'reset', times: 1 });

  const response = await post(service, path, JSON.stringify({ ...body, unheard_of: 1 }), headers);

  expect(response.headers.get('x-amzn-errortype')).toMatch(/^(ValidationException|ModelError)$/);
  expect(await response.text()).toMatch(/extraneous key \[unheard_of\]/);
  expect((await calls(service)).calls).toMatchObject([{ outcome: 'rejected' }]);
  expect(await (await fetch(`${service.controlUrl}/mode`)).json()).toEqual({ mode: 'reset', times: 1 });
});

it('InvokeModel rejects a video model', async () => {
  await setMode(service, { mode: 'ok' });
  const response = await post(service, invokePath('luma.ray-v2:0'), '{"prompt":"x"}', BEDROCK);

  expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([400, 'ValidationException']);
});
