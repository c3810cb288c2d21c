import { imageSize } from 'image-size';
import { FAMILIES } from '../../../../src/handlers/models/families/family-table';
import { ApiError } from '../../../../src/handlers/shared/api-error';
import type { ModelFamily } from '../../../../src/private/contract/models';

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

const IMAGE = { image: { format: 'png', source: { bytes: Buffer.from('hello') } } };
const converse = (stopReason: string, content: unknown) => ({ output: { message: { role: 'assistant', content } }, stopReason });

const PARSED: readonly [ModelFamily, string, unknown, string[]][] = [
  ['amazon-image', 'all images', { images: [HELLO, HELLO], error: null }, ['hello', 'hello']],
  ['amazon-image', 'more images than requested', { images: [HELLO, HELLO, HELLO] }, ['hello', 'hello']],
  [
    'amazon-image', 'some images, the others filtered',
    { images: [HELLO], error: 'Some of the generated images have been blocked by our content filters.' }, ['hello', 'CONTENT_FILTERED'],
  ],
  ['amazon-image', 'fewer images without a reason', { images: [HELLO] }, ['hello', 'MODEL_ERROR']],
  ['stability-v1-text_prompts', 'artifacts', { artifacts: [{ base64: HELLO, seed: 9, finishReason: 'SUCCESS' }, { base64: HELLO }] }, ['hello', 'hello']],
  [
    'stability-v1-text_prompts', 'one filtered artifact',
    { artifacts: [{ base64: HELLO, finishReason: 'SUCCESS' }, { base64: HELLO, finishReason: 'CONTENT_FILTERED' }] }, ['hello', 'CONTENT_FILTERED'],
  ],
  ['stability-v1-text_prompts', 'one artifact too few', { artifacts: [{ base64: HELLO, finishReason: 'SUCCESS' }] }, ['hello', 'MODEL_ERROR']],
  ['sagemaker-stable-diffusion', 'a list of files', { generated_images: [HELLO, HELLO], prompt: 'x' }, ['hello', 'hello']],
  ['sagemaker-stable-diffusion', 'one file too few', { generated_images: [HELLO] }, ['hello', 'MODEL_ERROR']],
  ['converse', 'an image after a text', converse('end_turn', [{ text: 'here' }, { reasoningContent: {} }, IMAGE]), ['hello']],
];

it.each(PARSED)('%s returns one result per image for %s', (family, _why, body, results) => {
  expect(summary(parse(family, body))).toEqual(results);
});

const REJECTED: readonly [ModelFamily, string, unknown, string][] = [
  ['amazon-image', 'all filtered', { images: [], error: 'All of the generated images have been blocked by our content filters.' }, 'CONTENT_FILTERED'],
  ['amazon-image', 'another error', { error: 'The model had a bad day.' }, 'MODEL_ERROR'],
  ['stability-v1-text_prompts', 'all filtered', { artifacts: [{ base64: HELLO, finishReason: 'CONTENT_FILTERED' }] }, 'CONTENT_FILTERED'],
  ['stability-v1-text_prompts', 'an error', { artifacts: [{ finishReason: 'ERROR' }] }, 'MODEL_ERROR'],
  ['converse', 'filtered', converse('content_filtered', [{ text: 'no' }]), 'CONTENT_FILTERED'],
  ['converse', 'text only', converse('end_turn', [{ text: 'I would rather not' }]), 'MODEL_ERROR'],
  ['sagemaker-stable-diffusion', 'rows of different length', { generated_images: [[[[0, 0, 0], [0, 0, 0]], [[0, 0, 0]]]] }, 'MODEL_ERROR'],
  ['sagemaker-stable-diffusion', 'a pixel out of range', { generated_images: [[[[0, 0, 256]]]] }, 'MODEL_ERROR'],
  ['sagemaker-stable-diffusion', 'a size above the limit', { generated_images: [[Array.from({ length: 5000 }, () => [0, 0, 0])]] }, 'MODEL_ERROR'],
];

it.each(REJECTED)('%s throws for %s an error with code %s', (family, _why, body, code) => {
  expect(() => parseSome(family, body)).toThrow(expect.objectContaining({ code }));
});

const FAMILY_NAMES = Object.keys(FAMILIES) as ModelFamily[];
const MALFORMED = [
  null, [], 'text', 5, {}, { images: [5] }, { images: {} }, { artifacts: [] }, { artifacts: [5] }, { artifacts: 'x' }, { generated_images: [] }, { generated_images: [[]] },
  { generated_image: 5 }, { output: { message: { content: [null, { image: {} }, { image: { source: { bytes: 'text' } } }] } } },
];

it.each(FAMILY_NAMES.flatMap((family) => MALFORMED.map((body) => [family, body])))('%s throws MODEL_ERROR for %j', (family, body) => {
  expect(() => parseSome(family as ModelFamily, body)).toThrow(expect.objectContaining({ code: 'MODEL_ERROR' }));
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
