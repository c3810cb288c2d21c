import { LimitOptions } from '../src';
import { only, imageApi, synth } from './helpers/stack';

const settings = (limits?: LimitOptions) =>
  only<{ MethodSettings: unknown[] }>(synth({ limits }), 'AWS::ApiGateway::Stage').MethodSettings[0];

describe('limits', () => {
  it('are 10 a second and 20 at once by default, for all methods', () => {
    expect(settings()).toMatchObject({ ResourcePath: '/*', HttpMethod: '*', ThrottlingRateLimit: 10, ThrottlingBurstLimit: 20 });
  });

  it('can be changed one by one', () => {
    expect(settings({ rateLimit: 0.5 })).toMatchObject({ ThrottlingRateLimit: 0.5, ThrottlingBurstLimit: 20 });
    expect(settings({ burstLimit: 1 })).toMatchObject({ ThrottlingRateLimit: 10, ThrottlingBurstLimit: 1 });
  });

  it.each<[LimitOptions, string]>([
    [{ rateLimit: 0 }, "'limits.rateLimit' must be greater than 0, got 0"],
    [{ burstLimit: 0 }, "'limits.burstLimit' must be a whole number of at least 1, got 0"],
  ])('fails for %p', (limits, problem) => {
    expect(() => imageApi({ limits })).toThrow(problem);
  });
});
