import { imageSize } from 'image-size';
import { ApiError } from '../../../../src/handlers/shared/api-error';
import { MODEL_FAMILIES, type ModelFamily } from '../../../../src/private/contract/models';
import { loadedFamilies } from '../../../helpers/families';

const FAMILIES = loadedFamilies();

const HELLO = Buffer.from('hello').toString('base64');
const parse = (family: ModelFamily, body: unknown, count = 2) => FAMILIES[family].parseResponse(body, { prompt: 'x', seed: 7, count, outputFormat: 'png' });

/** Throws if there is no image at all, as the caller of a family does. */
function parseSome(family: ModelFamily, body: unknown): void {
  const [first, ...others] = parse(family, body);
  if (first instanceof ApiError && others.every((other) => other instanceof ApiError)) throw first;
}

/** Summarizes results: the bytes of an image as text, or the error code. */
function summary(results: ReturnType<typeof parse>): string[] {
  return results.map((result) => (result instanceof ApiError ? result.code : Buffer.from(result.bytes).toString()));
}

/** Returns the cases of all families as rows, each with its family. */
function rows<Case extends readonly unknown[]>(cases: Readonly<Record<ModelFamily, readonly Case[]>>): [ModelFamily, ...Case][] {
  return MODEL_FAMILIES.flatMap((family) => cases[family].map((each): [ModelFamily, ...Case] => [family, ...each]));
}

const IMAGE = { image: { format: 'png', source: { bytes: Buffer.from('hello') } } };
const converse = (stopReason: string, content: unknown) => ({ output: { message: { role: 'assistant', content } }, stopReason });

type ParsedCase = readonly [why: string, body: unknown, results: readonly string[]];

const PARSED: Readonly<Record<ModelFamily, readonly ParsedCase[]>> = {
  'stability-v2': [['one image', { seeds: [7], finish_reasons: [null], images: [HELLO] }, ['hello']]],
  'stability-services': [['one image', { seeds: [7], finish_reasons: [null], images: [HELLO] }, ['hello']]],
  'amazon-image': [
    ['all images', { images: [HELLO, HELLO], error: null }, ['hello', 'hello']],
    ['more images than requested', { images: [HELLO, HELLO, HELLO] }, ['hello', 'hello']],
    [
      'some images, the others filtered',
      { images: [HELLO], error: 'Some of the generated images have been blocked by our content filters.' }, ['hello', 'CONTENT_FILTERED'],
    ],
    ['fewer images without a reason', { images: [HELLO] }, ['hello', 'MODEL_ERROR']],
    ['an image that is no text', { images: [HELLO, 5, HELLO] }, ['hello', 'hello']],
  ],
  'stability-v1-text_prompts': [
    ['artifacts', { artifacts: [{ base64: HELLO, seed: 9, finishReason: 'SUCCESS' }, { base64: HELLO }] }, ['hello', 'hello']],
    [
      'one filtered artifact',
      { artifacts: [{ base64: HELLO, finishReason: 'SUCCESS' }, { base64: HELLO, finishReason: 'CONTENT_FILTERED' }] }, ['hello', 'CONTENT_FILTERED'],
    ],
    ['more artifacts than requested', { artifacts: [{ base64: HELLO }, { base64: HELLO }, { base64: HELLO }] }, ['hello', 'hello']],
    ['one artifact too few', { artifacts: [{ base64: HELLO, finishReason: 'SUCCESS' }] }, ['hello', 'MODEL_ERROR']],
  ],
  'converse': [['an image after a text', converse('end_turn', [{ text: 'here' }, { reasoningContent: {} }, IMAGE]), ['hello']]],
  'sagemaker-stable-diffusion': [
    ['a list of files', { generated_images: [HELLO, HELLO], prompt: 'x' }, ['hello', 'hello']],
    ['one file too few', { generated_images: [HELLO] }, ['hello', 'MODEL_ERROR']],
    ['one malformed file', { generated_images: [5, HELLO] }, ['MODEL_ERROR', 'hello']],
    ['more files than requested', { generated_images: [HELLO, HELLO, HELLO] }, ['hello', 'hello']],
  ],
};

it.each(rows(PARSED))('%s returns one result per image for %s', (family, _why, body, results) => {
  expect(summary(parse(family, body))).toEqual(results);
});

type RejectedCase = readonly [why: string, body: unknown, code: string];

const REJECTED: Readonly<Record<ModelFamily, readonly RejectedCase[]>> = {
  'stability-v2': [['a filtered prompt', { finish_reasons: ['Filter reason: prompt'] }, 'CONTENT_FILTERED']],
  'stability-services': [['a filtered input image', { finish_reasons: ['Filter reason: input image'] }, 'CONTENT_FILTERED']],
  'amazon-image': [
    ['all filtered', { images: [], error: 'All of the generated images have been blocked by our content filters.' }, 'CONTENT_FILTERED'],
    ['another error', { error: 'The model had a bad day.' }, 'MODEL_ERROR'],
  ],
  'stability-v1-text_prompts': [
    ['all filtered', { artifacts: [{ base64: HELLO, finishReason: 'CONTENT_FILTERED' }] }, 'CONTENT_FILTERED'],
    ['an error', { artifacts: [{ finishReason: 'ERROR' }] }, 'MODEL_ERROR'],
  ],
  'converse': [
    ['filtered', converse('content_filtered', [{ text: 'no' }]), 'CONTENT_FILTERED'],
    ['a guardrail', converse('guardrail_intervened', [IMAGE]), 'CONTENT_FILTERED'],
    ['text only', converse('end_turn', [{ text: 'I would rather not' }]), 'MODEL_ERROR'],
  ],
  'sagemaker-stable-diffusion': [
    ['rows of different length', { generated_images: [[[[0, 0, 0], [0, 0, 0]], [[0, 0, 0]]]] }, 'MODEL_ERROR'],
    ['a pixel out of range', { generated_images: [[[[0, 0, 256]]]] }, 'MODEL_ERROR'],
    ['a size above the limit', { generated_images: [[Array.from({ length: 5000 }, () => [0, 0, 0])]] }, 'MODEL_ERROR'],
  ],
};

it.each(rows(REJECTED))('%s throws an error for %s', (family, _why, body, code) => {
  expect(() => parseSome(family, body)).toThrow(expect.objectContaining({ code }));
});

const MALFORMED = [
  null, [], 'text', 5, {}, { images: [5] }, { images: {} }, { artifacts: [] }, { artifacts: [5] }, { artifacts: 'x' }, { generated_images: [] }, { generated_images: [[]] },
  { generated_image: 5 }, { output: { message: { content: [null, { image: {} }, { image: { source: { bytes: 'text' } } }] } } },
];

it.each(MODEL_FAMILIES.flatMap((family) => MALFORMED.map((body): [ModelFamily, unknown] => [family, body])))('%s throws MODEL_ERROR for %j', (family, body) => {
  expect(() => parseSome(family, body)).toThrow(expect.objectContaining({ code: 'MODEL_ERROR' }));
});

const NO_OBJECT: readonly unknown[] = [null, [], 'text', 5];
const NO_LIST: readonly unknown[] = [undefined, null, 5, {}, []];
const NO_RECORD: readonly unknown[] = [undefined, null, 5, 'text', [], {}];
const imageBlock = (image: unknown) => converse('end_turn', [{ image }]);

/** What is logged for malformed responses, without a quotation of the response. */
const REASONS: Readonly<Record<ModelFamily, Readonly<Record<string, readonly unknown[]>>>> = {
  'stability-v2': { 'not an object': NO_OBJECT, 'no image': NO_LIST.map((images) => ({ images })) },
  'stability-services': { 'not an object': NO_OBJECT, 'no image': NO_LIST.map((images) => ({ images })) },
  'amazon-image': {
    'not an object': NO_OBJECT, 'no image': [...NO_LIST.map((images) => ({ images })), { images: [5] }, { images: [], error: '' }, { images: [], error: 5 }],
  },
  'stability-v1-text_prompts': {
    'no artifacts': [...NO_OBJECT, ...NO_LIST.map((artifacts) => ({ artifacts }))],
    'an artifact is not an object': [{ artifacts: [5] }, { artifacts: [null] }],
    'an artifact has no image': [{ artifacts: [{}] }, { artifacts: [{ base64: 5, finishReason: 'SUCCESS' }] }],
  },
  'converse': {
    'not an object': NO_OBJECT,
    'no image': [
      ...NO_RECORD.map((output) => ({ output })), ...NO_RECORD.map((message) => ({ output: { message } })),
      ...NO_LIST.map((content) => converse('end_turn', content)), ...NO_RECORD.map((block) => converse('end_turn', [block])),
      ...NO_RECORD.map(imageBlock), ...NO_RECORD.map((source) => imageBlock({ source })),
      ...[undefined, 5, 'text', Buffer.alloc(0)].map((bytes) => imageBlock({ source: { bytes } })),
    ],
  },
  'sagemaker-stable-diffusion': {
    'not an object': NO_OBJECT,
    'no image': [{}, { generated_images: [] }],
    'an image is neither base64 nor rows of pixels': [{ generated_image: 5 }, { generated_image: null }, { generated_images: [''] }],
  },
};

it.each(MODEL_FAMILIES)('%s logs what is wrong with a malformed response', (family) => {
  for (const [reason, bodies] of Object.entries(REASONS[family])) {
    for (const body of bodies) {
      const cause = expect.objectContaining({ message: `malformed model response: ${reason}` });
      expect(() => parseSome(family, body)).toThrow(expect.objectContaining({ code: 'MODEL_ERROR', cause }));
    }
  }
});

it.each<[ModelFamily, unknown, string]>([
  ['amazon-image', { images: [HELLO], error: 'out of memory' }, '"out of memory"'],
  ['amazon-image', { images: [HELLO] }, 'malformed model response: no image'],
  ['stability-v1-text_prompts', { artifacts: [{ base64: HELLO }, { base64: HELLO, finishReason: 'ERROR' }] }, '"ERROR"'],
  ['stability-v1-text_prompts', { artifacts: [{ base64: HELLO }] }, 'malformed model response: artifacts are missing'],
  ['sagemaker-stable-diffusion', { generated_images: [HELLO] }, 'malformed model response: images are missing'],
])('%s logs why one of two images is missing: %j', (family, body, message) => {
  expect(parse(family, body)).toEqual([expect.objectContaining({ seed: 7 }), expect.objectContaining({ code: 'MODEL_ERROR', cause: expect.objectContaining({ message }) })]);
});

it('the filter of amazon-image is recognized in any case', () => {
  expect(() => parseSome('amazon-image', { images: [], error: 'ALL IMAGES WERE BLOCKED BY OUR CONTENT FILTERS' })).toThrow(expect.objectContaining({ code: 'CONTENT_FILTERED' }));
});

it('stability-v1 returns the seed of each image, amazon-image the seed of the call', () => {
  expect(parse('stability-v1-text_prompts', { artifacts: [{ base64: HELLO, seed: 9 }] }, 1)).toMatchObject([{ seed: 9 }]);
  expect(parse('amazon-image', { images: [HELLO, HELLO] })).toMatchObject([{ seed: 7 }, { seed: 7 }]);
});

it('sagemaker-stable-diffusion encodes rows of pixels as PNG', () => {
  const [image] = parse('sagemaker-stable-diffusion', { generated_image: [[[255, 0, 0], [0, 255, 0], [0, 0, 255]], [[0, 0, 0], [9, 9, 9], [1, 2, 3]]] }, 1);
  if (image instanceof ApiError) throw image;
  expect(imageSize(image.bytes)).toMatchObject({ type: 'png', width: 3, height: 2 });
});
