import { Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { ApiAuth, type GenAiImageApiProps, ImageEdits, ImageModel, type LimitOptions, ModelFamily, TextModel } from '../src';
import { asList, handlerConfiguration, imageApi, only, roleStatements, synth } from './helpers/stack';

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

describe('daily budgets', () => {
  const budget: LimitOptions = { dailyBudgetUsd: 20, dailyBudgetUsdPerOwner: 2 };
  const tableActions = (props: GenAiImageApiProps) => roleStatements(synth(props)).flatMap(({ Action }) => asList(Action)).filter((action) => action.startsWith('dynamodb:'));

  it('are passed to the functions', () => {
    expect(handlerConfiguration(synth({ limits: budget })).budget).toEqual({ dailyUsd: 20, dailyUsdPerOwner: 2 });
    expect(handlerConfiguration(synth({ limits: { dailyBudgetUsdPerOwner: 2 } })).budget).toEqual({ dailyUsdPerOwner: 2 });
    expect(handlerConfiguration(synth({ limits: { rateLimit: 5 } }))).not.toHaveProperty('budget');
  });

  it('allow the functions to update items of the table', () => {
    expect(tableActions({ limits: budget })).toContain('dynamodb:UpdateItem');
    expect(tableActions({})).not.toContain('dynamodb:UpdateItem');
  });

  it('accept models with a price', () => {
    const custom = { family: ModelFamily.STABILITY_V2, region: 'us-west-2', pricePerImageUsd: 0.05 };
    const arn = 'arn:aws:bedrock:us-west-2:111122223333:provisioned-model/abcdef123456';
    const template = synth({
      model: ImageModel.of('custom', custom),
      additionalModels: [ImageModel.STABLE_IMAGE_ULTRA, ImageModel.provisioned(arn, { ...custom, region: undefined, pricePerImageUsd: 0 }),
        ImageModel.sageMakerEndpoint('endpoint', { pricePerImageUsd: 0.01 })],
      edits: ImageEdits.all(),
      textModel: TextModel.of('custom.text-v1:0', { pricePerMillionInputTokensUsd: 1, pricePerMillionOutputTokensUsd: 4 }),
      limits: budget,
    });
    const { models, textModel } = handlerConfiguration(template);
    expect(models.map(({ priceUsd }) => priceUsd)).toEqual([0.05, undefined, 0, 0.01]);
    expect(textModel).toMatchObject({ price: { input: 1, output: 4 } });
  });

  it.each<[string, GenAiImageApiProps, string]>([
    ['a budget of 0', { limits: { dailyBudgetUsd: 0 } }, "'limits.dailyBudgetUsd' must be greater than 0, got 0"],
    ['a negative budget for each owner', { limits: { dailyBudgetUsdPerOwner: -1 } }, "'limits.dailyBudgetUsdPerOwner' must be greater than 0, got -1"],
    ['a larger budget for each owner', { limits: { dailyBudgetUsd: 1, dailyBudgetUsdPerOwner: 2 } }, "'limits.dailyBudgetUsdPerOwner' must be at most 'limits.dailyBudgetUsd', 1, got 2"],
    ['a budget for each owner without owners', { auth: ApiAuth.none(), limits: budget },
      "'limits.dailyBudgetUsdPerOwner' needs callers with an owner, which ApiAuth.none() does not have; set 'limits.dailyBudgetUsd' instead"],
    ['a model without a price', { additionalModels: [ImageModel.sageMakerEndpoint('endpoint')], limits: budget },
      "'limits.dailyBudgetUsd' needs the price of the model 'endpoint', which is not known; set 'pricePerImageUsd' in the options of the model"],
    ['provisioned throughput without a price', {
      model: ImageModel.provisioned('arn:aws:bedrock:us-west-2:111122223333:provisioned-model/abcdef123456', { modelId: 'stability.stable-image-core-v1:1' }),
      limits: { dailyBudgetUsdPerOwner: 1 },
    }, "'limits.dailyBudgetUsdPerOwner' needs the price of the model 'stability.stable-image-core-v1:1'"],
    ['a text model without a price', { textModel: TextModel.of('custom.text-v1:0'), limits: budget },
      "'limits.dailyBudgetUsd' needs the price of the text model 'custom.text-v1:0' in us-west-2, which is not known; set 'pricePerMillionInputTokensUsd' and 'pricePerMillionOutputTokensUsd'"],
  ])('fail for %s', (_what, props, problem) => {
    expect(() => imageApi(props)).toThrow(problem);
  });

  it.each([
    [() => ImageModel.of('custom', { family: ModelFamily.STABILITY_V2, region: 'us-west-2', pricePerImageUsd: -1 }), "'pricePerImageUsd' must be a number of at least 0, got -1"],
    [() => TextModel.of('custom.text-v1:0', { pricePerMillionInputTokensUsd: 1 }), "'pricePerMillionInputTokensUsd' and 'pricePerMillionOutputTokensUsd' must be set together"],
  ])('fail for an invalid price', (create, problem) => {
    expect(create).toThrow(problem);
  });

  it.each<[LimitOptions, boolean]>([[{ dailyBudgetUsd: 0.04 }, false], [{ dailyBudgetUsd: 20, dailyBudgetUsdPerOwner: 0.03 }, true]])('below the price of an image are a warning: %j, %j', (limits, isBelow) => {
    const warnings = Annotations.fromStack(Stack.of(imageApi({ limits }))).findWarning('*', Match.stringLikeRegexp("'limits.dailyBudgetUsdPerOwner' is \\$0.03, but the cheapest image costs \\$0.04"));
    expect(warnings).toHaveLength(isBelow ? 1 : 0);
  });

  it('add no resource', () => {
    expect(Object.keys(synth({ limits: budget }).toJSON().Resources)).toHaveLength(Object.keys(synth().toJSON().Resources).length);
  });
});
