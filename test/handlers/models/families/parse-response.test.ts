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
  ],
  'stability-v1-text_prompts': [
    ['artifacts', { artifacts: [{ base64: HELLO, seed: 9, finishReason: 'SUCCESS' }, { base64: HELLO }] }, ['hello', 'hello']],
    [
      'one filtered artifact',
      { artifacts: [{ base64: HELLO, finishReason: 'SUCCESS' }, { base64: HELLO, finishReason: 'CONTENT_FILTERED' }] }, ['hello', 'CONTENT_FILTERED'],
    ],
    ['one artifact too few', { artifacts: [{ base64: HELLO, finishReason: 'SUCCESS' }] }, ['hello', 'MODEL_ERROR']],
  ],
  'converse': [['an image after a text', converse('end_turn', [{ text: 'here' }, { reasoningContent: {} }, IMAGE]), ['hello']]],
  'sagemaker-stable-diffusion': [
    ['a list of files', { generated_images: [HELLO, HELLO], prompt: 'x' }, ['hello', 'hello']],
    ['one file too few', { generated_images: [HELLO] }, ['hello', 'MODEL_ERROR']],
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

it('stability-v1 returns the seed of each image, amazon-image the seed of the call', () => {
  expect(parse('stability-v1-text_prompts', { artifacts: [{ base64: HELLO, seed: 9 }] }, 1)).toMatchObject([{ seed: 9 }]);
  expect(parse('amazon-image', { images: [HELLO, HELLO] })).toMatchObject([{ seed: 7 }, { seed: 7 }]);
});

it('sagemaker-stable-diffusion encodes rows of pixels as PNG', () => {
  const [image] = parse('sagemaker-stable-diffusion', { generated_image: [[[255, 0, 0], [0, 255, 0], [0, 0, 255]], [[0, 0, 0], [9, 9, 9], [1, 2, 3]]] }, 1);
  if (image instanceof ApiError) throw image;
  expect(imageSize(image.bytes)).toMatchObject({ type: 'png', width: 3, height: 2 });
});
