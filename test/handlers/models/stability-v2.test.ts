import * as fc from 'fast-check';
import { ApiError } from '../../../src/handlers/errors';
import { stabilityV2 } from '../../../src/handlers/models/stability-v2';

const INPUT = { prompt: 'a lighthouse', seed: 7, outputFormat: 'png' };
const parse = (body: unknown) => stabilityV2.parseResponse(body, INPUT);

describe('buildRequest', () => {
  it('speaks the model\'s terms', () => {
    expect(stabilityV2.buildRequest({ ...INPUT, negativePrompt: 'fog', aspectRatio: '16:9' }))
      .toEqual({ prompt: 'a lighthouse', negative_prompt: 'fog', aspect_ratio: '16:9', seed: 7, output_format: 'png' });
  });

  it('leaves out what was not asked', () => {
    expect(stabilityV2.buildRequest(INPUT)).toEqual({ prompt: 'a lighthouse', seed: 7, output_format: 'png' });
  });
});

describe('parseResponse', () => {
  it('takes the image and the seed', () => {
    expect(parse({ seeds: [2130420379], finish_reasons: [null], images: ['aGVsbG8='] })).toEqual({ bytes: Buffer.from('hello'), seed: 2130420379 });
  });

  it.each(['prompt', 'input image', 'output image'])('fails when the %s is filtered, with or without an image', (side) => {
    for (const images of [undefined, [], ['aGVsbG8=']]) {
      expect(() => parse({ seeds: [1], finish_reasons: [`Filter reason: ${side}`], images })).toThrow(expect.objectContaining({ code: 'CONTENT_FILTERED', message: expect.stringContaining(side) }));
    }
  });

  it.each(['Inference error', 'Something new', 5])('fails when the model did not finish: %j', (reason) => {
    expect(() => parse({ finish_reasons: [reason], images: ['aGVsbG8='] })).toThrow(expect.objectContaining({ code: 'MODEL_ERROR' }));
  });

  it.each([null, [], 'text', 5, {}, { images: [] }, { images: [5] }, { images: [''] }, { images: 'aGVsbG8=' }, { finish_reasons: [null] }])('fails when the answer is %j', (body) => {
    expect(() => parse(body)).toThrow(expect.objectContaining({ code: 'MODEL_ERROR' }));
  });

  it('gives an image or a typed error, whatever the JSON', () => {
    const part = fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue()), fc.constant([null]));
    const body = fc.oneof(fc.jsonValue(), fc.record({ seeds: part, finish_reasons: part, images: part }, { requiredKeys: [] }));
    fc.assert(fc.property(body, (answer) => {
      try {
        expect(parse(answer).bytes).toBeInstanceOf(Buffer);
      } catch (error) {
        expect(error).toBeInstanceOf(ApiError);
      }
    }));
  });
});
