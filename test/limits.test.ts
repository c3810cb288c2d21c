import { type LimitOptions } from '../src';
import { imageApi, only, synth } from './helpers/stack';

const settings = (limits?: LimitOptions) =>
  only<{ MethodSettings: unknown[] }>(synth({ limits }), 'AWS::ApiGateway::Stage').MethodSettings[0];

describe('limits', () => {
  it('default to 10 requests per second and a burst of 20, for all methods', () => {
    expect(settings()).toMatchObject({ ResourcePath: '/*', HttpMethod: '*', ThrottlingRateLimit: 10, ThrottlingBurstLimit: 20 });
  });

  it('can be set separately', () => {
    expect(settings({ rateLimit: 0.5 })).toMatchObject({ ThrottlingRateLimit: 0.5, ThrottlingBurstLimit: 20 });
    expect(settings({ burstLimit: 1 })).toMatchObject({ ThrottlingRateLimit: 10, ThrottlingBurstLimit: 1 });
  });

  it.each<[LimitOptions, string]>([
    [{ rateLimit: 0 }, "'limits.rateLimit' must be greater than 0, got 0"],
    [{ burstLimit: 0 }, "'limits.burstLimit' must be a whole number of at least 1, got 0"],
  ])('fail for %p', (limits, problem) => {
    expect(() => imageApi({ limits })).toThrow(problem);
  });
});
