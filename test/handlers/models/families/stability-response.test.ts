import { parseStabilityResponse } from '../../../../src/handlers/models/families/stability-response';

const parse = (body: unknown) => parseStabilityResponse(body, { seed: 7, count: 1, outputFormat: 'png' });

describe('parseStabilityResponse', () => {
  it('returns the image and the seed', () => {
    expect(parse({ seeds: [2130420379], finish_reasons: [null], images: ['aGVsbG8='] })).toEqual([{ bytes: Buffer.from('hello'), seed: 2130420379 }]);
  });

  it('returns the requested seed when the response has none', () => {
    expect(parse({ finish_reasons: [null], images: ['aGVsbG8='] })).toEqual([{ bytes: Buffer.from('hello'), seed: 7 }]);
  });

  it.each([{}, { finish_reasons: [] }, { finish_reasons: 'x' }])('returns the image when the response has no finish reason: %j', (reasons) => {
    expect(parse({ ...reasons, images: ['aGVsbG8='] })).toEqual([{ bytes: Buffer.from('hello'), seed: 7 }]);
  });

  it.each([['prompt', 'prompt'], ['input image', 'input'], ['output image', 'output']])('throws CONTENT_FILTERED when the %s is filtered, with or without an image', (content, filtered) => {
    for (const images of [undefined, [], ['aGVsbG8=']]) {
      expect(() => parse({ seeds: [1], finish_reasons: [`Filter reason: ${content}`], images }))
        .toThrow(expect.objectContaining({ code: 'CONTENT_FILTERED', filtered, message: expect.stringContaining(content) }));
    }
  });

  it.each(['Inference error', 'Something new', 5, ['Filter reason: prompt']])('throws MODEL_ERROR when the model did not complete the image: %j', (reason) => {
    expect(() => parse({ finish_reasons: [reason], images: ['aGVsbG8='] })).toThrow(expect.objectContaining({ code: 'MODEL_ERROR' }));
  });

  it('logs the complete reason, because a quoted prompt is only redacted if it is complete', () => {
    const reason = `cannot generate ${'a lighthouse '.repeat(20)}`;
    const cause = expect.objectContaining({ message: JSON.stringify(reason) });
    expect(() => parse({ finish_reasons: [reason] })).toThrow(expect.objectContaining({ cause }));
  });

  it.each([
    null, [], 'text', 5, {}, { images: [] }, { images: [5] }, { images: [''] }, { images: 'aGVsbG8=' }, { finish_reasons: [null] },
  ])('throws MODEL_ERROR for %j', (body) => {
    expect(() => parse(body)).toThrow(expect.objectContaining({ code: 'MODEL_ERROR' }));
  });
});
