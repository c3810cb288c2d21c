import * as fc from 'fast-check';
import type { GenerationInput } from '../../../../src/handlers/generation/ports';
import type { Bedrock } from '../../../../src/handlers/models/bedrock';
import { RemoteImageModels } from '../../../../src/handlers/models/image-models';
import { parseJson } from '../../../../src/handlers/models/malformed-response';
import type { SageMaker } from '../../../../src/handlers/models/sagemaker';
import { ConverseTextModel } from '../../../../src/handlers/models/text-model';
import { ApiError } from '../../../../src/handlers/shared/errors';
import { MODEL_FAMILIES, type ModelFamily } from '../../../../src/private/contract/models';
import { picture } from '../../../fixtures/images';

// whatever bytes a model answers become images or an error with a code: never a crash, never an empty success

const FILE = picture(64, 64);
const IMAGE = FILE.toString('base64');

/** Answers as documented, to be damaged. */
const DOCUMENTED: Readonly<Record<ModelFamily, object>> = {
  'stability-v2': { seeds: [7], finish_reasons: [null], images: [IMAGE] },
  'stability-services': { seeds: [7], finish_reasons: [null], images: [IMAGE] },
  'amazon-image': { images: [IMAGE, IMAGE], error: null },
  'stability-v1-text_prompts': { result: 'success', artifacts: [{ seed: 7, base64: IMAGE, finishReason: 'SUCCESS' }] },
  'converse': { output: { message: { content: [{ text: 'here' }, { image: { format: 'png', source: { bytes: FILE } } }] } }, stopReason: 'end_turn' },
  'sagemaker-stable-diffusion': { generated_images: [IMAGE, [[[0, 0, 0], [1, 1, 1]]]] },
};
const KEYS = [
  'seeds', 'finish_reasons', 'images', 'error', 'artifacts', 'base64', 'finishReason', 'generated_images', 'generated_image', 'output', 'message', 'content',
  'image', 'source', 'bytes', 'stopReason',
];

/** What the family makes of an answer: the number of outcomes, all of them images or typed errors, or the code of the one error. */
async function outcomeOf(family: ModelFamily, answer: unknown, count = 2): Promise<number | string> {
  const service = { invoke: async () => answer, converse: async () => answer } as unknown;
  const models = new RemoteImageModels(service as Bedrock, service as SageMaker);
  const input: GenerationInput = { prompt: 'x', seed: 7, count, outputFormat: 'png' };
  try {
    const outcomes = await models.generate({ id: 'm', call: 'm', region: 'r', family, service: 'bedrock' }, input, 0);
    expect(outcomes.some((outcome) => !(outcome instanceof ApiError))).toBe(true);
    for (const outcome of outcomes) {
      if (!(outcome instanceof ApiError)) expect(outcome).toMatchObject({ contentType: expect.stringMatching(/^image\//), width: expect.any(Number) });
    }
    return outcomes.length;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return error.code;
  }
}

describe.each(MODEL_FAMILIES)('%s', (family) => {
  const one = ['stability-v2', 'stability-services', 'converse'].includes(family);

  it('understands its documented answer', async () => {
    expect(await outcomeOf(family, DOCUMENTED[family], one ? 1 : 2)).toBe(one ? 1 : 2);
  });

  it('survives any JSON', async () => {
    const keys = fc.constantFrom(...KEYS);
    const json = fc.letrec((tie) => ({
      any: fc.oneof({ depthSize: 'small' }, fc.jsonValue(), fc.constantFrom(null, IMAGE, FILE, 'CONTENT_FILTERED', -1, 1e308), tie('list'), tie('object')),
      list: fc.array(tie('any'), { maxLength: 3 }),
      object: fc.dictionary(keys, tie('any'), { maxKeys: 5 }),
    })).object;
    await fc.assert(fc.asyncProperty(json, async (answer) => { expect(['number', 'string']).toContain(typeof await outcomeOf(family, answer)); }), { numRuns: 300 });
  });

  it('survives its answer with any part replaced', async () => {
    const text = JSON.stringify(DOCUMENTED[family]);
    const replaced = fc.tuple(fc.nat(text.length), fc.nat(200), fc.string({ maxLength: 20 }))
      .map(([at, length, other]) => text.slice(0, at) + other + text.slice(at + length));
    await fc.assert(fc.asyncProperty(replaced, async (body) => {
      let answer: unknown;
      try {
        answer = parseJson(Buffer.from(body));
      } catch (error) {
        expect(error).toMatchObject({ code: 'MODEL_ERROR' });
        return;
      }
      await outcomeOf(family, answer);
    }), { numRuns: 200 });
  });

  it('survives images that are random bytes, cut short or huge', async () => {
    const damage = [Buffer.alloc(0), Buffer.from('hello'), FILE.subarray(0, FILE.length / 2), Buffer.concat([FILE.subarray(0, 40), Buffer.alloc(5_000_000, 7)])];
    const swap = (value: unknown, bytes: Buffer): unknown => {
      if (value === IMAGE) return bytes.toString('base64');
      if (value === FILE) return bytes;
      if (Array.isArray(value)) return value.map((item) => swap(item, bytes));
      if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, swap(item, bytes)]));
      return value;
    };
    for (const bytes of damage) {
      const outcome = await outcomeOf(family, swap(DOCUMENTED[family], bytes), one ? 1 : 2);
      // one of the two of SageMaker is rows of pixels, and stays whole
      expect(outcome).toBe(family === 'sagemaker-stable-diffusion' ? 2 : 'MODEL_ERROR');
    }
  });
});

it('a text model\'s answer becomes a text or an error with a code, whatever it is', async () => {
  const block = fc.oneof(fc.jsonValue(), fc.record({ text: fc.jsonValue() }));
  const message = fc.oneof(fc.jsonValue(), fc.record({ content: fc.oneof(fc.jsonValue(), fc.array(block)) }));
  const output = fc.oneof(fc.jsonValue(), fc.record({ message }));
  const answers = fc.oneof(fc.jsonValue(), fc.record({ stopReason: fc.constantFrom('end_turn', 5, null), output }));
  await fc.assert(fc.asyncProperty(answers, async (answer) => {
    const model = new ConverseTextModel({ converse: async () => answer } as unknown as Bedrock, { call: 'm', region: 'r' });
    try {
      const { text, stopReason } = await model.generate({ prompt: 'x', maxTokens: 1 }, 0);
      expect([typeof text, typeof stopReason]).toEqual(['string', 'string']);
    } catch (error) {
      expect(error).toMatchObject({ code: 'MODEL_ERROR' });
    }
  }), { numRuns: 500 });
});

it('no bytes at all are no JSON, whatever they are', async () => {
  await fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
    try {
      parseJson(bytes);
    } catch (error) {
      expect(error).toMatchObject({ code: 'MODEL_ERROR' });
    }
  }));
  expect(() => parseJson(undefined)).toThrow(expect.objectContaining({ code: 'MODEL_ERROR' }));
});
