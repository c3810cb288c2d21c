import { MeasuredGuardrail, MeasuredImageModels } from '../../../../src/handlers/generation/measurement/measured-models';
import { Measurements } from '../../../../src/handlers/generation/measurement/measurements';
import type { GeneratedImage, Model } from '../../../../src/handlers/generation/ports';
import { ApiError } from '../../../../src/handlers/shared/api-error';
import { FakeGuardrail } from '../../../helpers/fakes';

const MODEL = { id: 'm' } as Model;
const IMAGE: GeneratedImage = { bytes: Buffer.from('x'), contentType: 'image/png', width: 1, height: 1 };
const error = (code: ApiError['code'], repeatable = false) => new ApiError(code, 'why', { repeatable });

/** Measures a call of 400 milliseconds that returns the results of `call`. */
async function measured(call: () => readonly (GeneratedImage | ApiError)[]): Promise<object> {
  let now = 1_000;
  const measurements = new Measurements();
  const generate = async () => { now += 400; return call(); };
  const models = new MeasuredImageModels({ generate }, measurements, { now: () => now, sleep: async () => undefined });
  await models.generate(MODEL, { count: 1, outputFormat: 'png' }, 60_000).catch(() => undefined);
  return Object.fromEntries(measurements.byModel[0].values);
}

describe('a call of an image model', () => {
  it('has a latency, and counts the errors of single images', async () => {
    expect(await measured(() => [IMAGE])).toEqual({ latency: [400] });
    const results = [IMAGE, error('CONTENT_FILTERED'), error('MODEL_ERROR'), error('THROTTLED')];
    expect(await measured(() => results)).toEqual({ latency: [400], filtered: [1], modelErrors: [1], throttles: [1] });
  });

  it.each<[string, Error, object]>([
    ['is throttled', error('THROTTLED', true), { throttles: [1] }],
    ['fails', error('MODEL_ERROR'), { modelErrors: [1] }],
    ['fails with a bug', new TypeError('bug'), { modelErrors: [1] }],
    ['is filtered', error('CONTENT_FILTERED'), { filtered: [1] }],
    ['times out, which is slow', error('MODEL_TIMEOUT'), { latency: [400], modelErrors: [1] }],
    ['has too little time, so that the model is not called', error('MODEL_TIMEOUT', true), {}],
  ])('that %s has no latency unless it is slow', async (_how, cause, values) => {
    expect(await measured(() => { throw cause; })).toEqual(values);
  });
});

it('the guardrail counts what it filters, and no other errors', async () => {
  const measurements = new Measurements();
  const guardrail = new FakeGuardrail();
  const measuredGuardrail = new MeasuredGuardrail(guardrail, measurements);
  await measuredGuardrail.checkText('fine', 60_000);
  await expect(measuredGuardrail.checkText('forbidden', 60_000)).rejects.toMatchObject({ code: 'CONTENT_FILTERED' });
  guardrail.fails = () => new Error('no connection');
  await expect(measuredGuardrail.checkText('fine', 60_000)).rejects.toMatchObject({ code: 'MODEL_BUSY' });
  expect(measurements.byModel[0].values).toEqual(new Map([['filtered', [1]]]));
});
