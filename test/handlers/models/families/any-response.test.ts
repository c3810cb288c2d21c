import * as fc from 'fast-check';
import type { GenerationInput } from '../../../../src/handlers/generation/ports';
import type { Bedrock } from '../../../../src/handlers/models/bedrock';
import { RemoteImageModels } from '../../../../src/handlers/models/remote-image-models';
import { parseJson } from '../../../../src/handlers/models/response-body';
import type { SageMaker } from '../../../../src/handlers/models/sagemaker';
import { ConverseTextModel } from '../../../../src/handlers/models/text-model';
import { ApiError } from '../../../../src/handlers/shared/api-error';
import { MODEL_FAMILIES, type ModelFamily } from '../../../../src/private/contract/models';
import { imageFile } from '../../../fixtures/images';
import { readModelResponse } from '../../../helpers/model-response';

// Arbitrary responses of a model become images or an error with a code: never another error, never a success without images.

const FILE = imageFile(64, 64);
const IMAGE = FILE.toString('base64');

/** Responses as documented. The tests damage them. */
const DOCUMENTED: Readonly<Record<ModelFamily, object>> = {
  'stability-v2': { seeds: [7], finish_reasons: [null], images: [IMAGE] },
  'stability-services': { seeds: [7], finish_reasons: [null], images: [IMAGE] },
  'amazon-image': { images: [IMAGE, IMAGE], error: null },
  'stability-v1-text_prompts': { result: 'success', artifacts: [{ seed: 7, base64: IMAGE, finishReason: 'SUCCESS' }] },
  'converse': { output: { message: { content: [{ text: 'here' }, { image: { format: 'png', source: { bytes: FILE } } }] } }, stopReason: 'end_turn' },
  'sagemaker-stable-diffusion': { generated_images: [IMAGE, [[[0, 0, 0], [1, 1, 1]]]] },
};
/** Keys of the documented responses. Some SageMaker endpoints return `generated_image`. */
const KEYS = [...new Set([...keysOf(Object.values(DOCUMENTED)), 'generated_image'])];

/** Returns the keys of a value and of the values in it. */
function keysOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return [];
  return [...(Array.isArray(value) ? [] : Object.keys(value)), ...Object.values(value).flatMap(keysOf)];
}

/** Parses a response. Returns the number of results, which are images or errors, or the code of the error that was thrown. */
async function parse(family: ModelFamily, response: unknown, count = 2): Promise<number | string> {
  const service = { invoke: async () => response, converse: async () => response } as unknown;
  const models = new RemoteImageModels(service as Bedrock, service as SageMaker);
  const input: GenerationInput = { prompt: 'x', seed: 7, count, outputFormat: 'png' };
  try {
    const results = await models.generate({ id: 'm', invokedId: 'm', region: 'r', family, service: 'bedrock' }, input, 0);
    expect(results.some((result) => !(result instanceof ApiError))).toBe(true);
    for (const result of results) {
      if (!(result instanceof ApiError)) expect(result).toMatchObject({ contentType: expect.stringMatching(/^image\//), width: expect.any(Number) });
    }
    return results.length;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return error.code;
  }
}

describe.each(MODEL_FAMILIES)('%s', (family) => {
  const one = ['stability-v2', 'stability-services', 'converse'].includes(family);

  it('parses its documented response', async () => {
    expect(await parse(family, DOCUMENTED[family], one ? 1 : 2)).toBe(one ? 1 : 2);
  });

  it('returns images or an error for arbitrary JSON', async () => {
    const keys = fc.constantFrom(...KEYS);
    const json = fc.letrec((tie) => ({
      any: fc.oneof({ depthSize: 'small' }, fc.jsonValue(), fc.constantFrom(null, IMAGE, FILE, 'CONTENT_FILTERED', -1, 1e308), tie('list'), tie('object')),
      list: fc.array(tie('any'), { maxLength: 3 }),
      object: fc.dictionary(keys, tie('any'), { maxKeys: 5 }),
    })).object;
    await fc.assert(fc.asyncProperty(json, async (response) => { expect(['number', 'string']).toContain(typeof await parse(family, response)); }), { numRuns: 300 });
  });

  it('returns images or an error when a part of the response is replaced', async () => {
    const text = JSON.stringify(DOCUMENTED[family]);
    const replaced = fc.tuple(fc.nat(text.length), fc.nat(200), fc.string({ maxLength: 20 }))
      .map(([at, length, other]) => text.slice(0, at) + other + text.slice(at + length));
    await fc.assert(fc.asyncProperty(replaced, async (body) => {
      let response: unknown;
      try {
        response = readModelResponse([Buffer.from(body)]);
      } catch (error) {
        expect(error).toMatchObject({ code: 'MODEL_ERROR' });
        return;
      }
      await parse(family, response);
    }), { numRuns: 200 });
  });

  it('returns an error for images that are random bytes, truncated or huge', async () => {
    const damage = [Buffer.alloc(0), Buffer.from('hello'), FILE.subarray(0, FILE.length / 2), Buffer.concat([FILE.subarray(0, 40), Buffer.alloc(5_000_000, 7)])];
    const swap = (value: unknown, bytes: Buffer): unknown => {
      if (value === IMAGE) return bytes.toString('base64');
      if (value === FILE) return bytes;
      if (Array.isArray(value)) return value.map((item) => swap(item, bytes));
      if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, swap(item, bytes)]));
      return value;
    };
    for (const bytes of damage) {
      const result = await parse(family, swap(DOCUMENTED[family], bytes), one ? 1 : 2);
      // one of the two images of SageMaker is rows of pixels, which are not damaged
      expect(result).toBe(family === 'sagemaker-stable-diffusion' ? 2 : 'MODEL_ERROR');
    }
  });
});

it('an arbitrary response of a text model becomes a text or an error with a code', async () => {
  const block = fc.oneof(fc.jsonValue(), fc.record({ text: fc.jsonValue() }));
  const message = fc.oneof(fc.jsonValue(), fc.record({ content: fc.oneof(fc.jsonValue(), fc.array(block)) }));
  const output = fc.oneof(fc.jsonValue(), fc.record({ message }));
  const responses = fc.oneof(fc.jsonValue(), fc.record({ stopReason: fc.constantFrom('end_turn', 5, null), output }));
  await fc.assert(fc.asyncProperty(responses, async (response) => {
    const model = new ConverseTextModel({ converse: async () => response } as unknown as Bedrock, { invokedId: 'm', region: 'r' });
    try {
      const { text, stopReason } = await model.generate({ prompt: 'x', maxTokens: 1 }, 0);
      expect([typeof text, typeof stopReason]).toEqual(['string', 'string']);
    } catch (error) {
      expect(error).toMatchObject({ code: 'MODEL_ERROR' });
    }
  }), { numRuns: 500 });
});

it('the document of a response is parsed or throws MODEL_ERROR, for arbitrary bytes and without a body', async () => {
  await fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
    try {
      readModelResponse([Buffer.from(bytes)]);
    } catch (error) {
      expect(error).toMatchObject({ code: 'MODEL_ERROR' });
    }
  }));
  expect(() => parseJson(undefined)).toThrow(expect.objectContaining({ code: 'MODEL_ERROR' }));
});
