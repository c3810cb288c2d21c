import { parseStabilityResponse } from '../../../../src/handlers/models/families/stability-response';

const parse = (body: unknown) => parseStabilityResponse(body, { seed: 7, count: 1, outputFormat: 'png' });

describe('the answer of Stability AI\'s newer models', () => {
  it('holds the image and the seed', () => {
    expect(parse({ seeds: [2130420379], finish_reasons: [null], images: ['aGVsbG8='] })).toEqual([{ bytes: Buffer.from('hello'), seed: 2130420379 }]);
  });

  it('of an operation without seeds is told with the one that was asked for', () => {
    expect(parse({ finish_reasons: [null], images: ['aGVsbG8='] })).toEqual([{ bytes: Buffer.from('hello'), seed: 7 }]);
  });

  it.each(['prompt', 'input image', 'output image'])('is a failure when the %s is filtered, with or without an image', (side) => {
    for (const images of [undefined, [], ['aGVsbG8=']]) {
      expect(() => parse({ seeds: [1], finish_reasons: [`Filter reason: ${side}`], images }))
        .toThrow(expect.objectContaining({ code: 'CONTENT_FILTERED', message: expect.stringContaining(side) }));
    }
  });

  it.each(['Inference error', 'Something new', 5])('is a failure when the model did not finish: %j', (reason) => {
    expect(() => parse({ finish_reasons: [reason], images: ['aGVsbG8='] })).toThrow(expect.objectContaining({ code: 'MODEL_ERROR' }));
  });

  it('keeps the whole reason for the log, where an echoed prompt is recognised only whole', () => {
    const reason = `cannot draw ${'a lighthouse '.repeat(20)}`;
    const cause = expect.objectContaining({ message: JSON.stringify(reason) });
    expect(() => parse({ finish_reasons: [reason] })).toThrow(expect.objectContaining({ cause }));
  });

  it.each([
    null, [], 'text', 5, {}, { images: [] }, { images: [5] }, { images: [''] }, { images: 'aGVsbG8=' }, { finish_reasons: [null] },
  ])('is not understood: %j', (body) => {
    expect(() => parse(body)).toThrow(expect.objectContaining({ code: 'MODEL_ERROR' }));
  });
});
