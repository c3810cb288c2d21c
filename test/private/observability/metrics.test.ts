import { Duration, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { GenAiImageApi, type IGenAiImageApi, ImageModel, RouteSet } from '../../../src';
import { ROUTE_SETS } from '../../../src/private/contract/configuration';
import { DIMENSIONS, METRICS, type MetricKey } from '../../../src/private/contract/metrics';
import { HOME, imageApi, testStack } from '../../helpers/stack';

const METHODS: Readonly<Record<MetricKey, (api: IGenAiImageApi, options?: Parameters<IGenAiImageApi['metricImages']>[0]) => cloudwatch.Metric>> = {
  images: (api, options) => api.metricImages(options),
  latency: (api, options) => api.metricLatency(options),
  filtered: (api, options) => api.metricFiltered(options),
  throttles: (api, options) => api.metricThrottles(options),
  modelErrors: (api, options) => api.metricModelErrors(options),
  estimatedCost: (api, options) => api.metricEstimatedCost(options),
  reused: (api, options) => api.metricReused(options),
  queueAge: (api, options) => api.metricQueueAge(options),
};

function imported(stack: Stack): IGenAiImageApi {
  return GenAiImageApi.fromGenAiImageApiAttributes(stack, 'Images', { restApiId: 'a1b2c3d4e5' });
}

const CORE = ImageModel.STABLE_IMAGE_CORE.modelId;

describe.each(Object.entries(METHODS) as [MetricKey, (typeof METHODS)[MetricKey]][])('the method of the metric %s', (key, method) => {
  it('returns the metric of the API with the statistic that sums it up', () => {
    const stack = testStack(HOME);
    const api = imageApi({}, stack);
    const { namespace, metricName, statistic, dimensions } = method(api);
    expect({ namespace, metricName, statistic }).toEqual({ namespace: 'GenAiImageApi', metricName: METRICS[key].name, statistic: METRICS[key].statistic });
    expect(stack.resolve(dimensions)).toEqual({ ApiId: stack.resolve(api.restApiId) });
  });

  it.each([
    [{ model: CORE }, { [DIMENSIONS.model]: CORE }],
    [{ routeSet: RouteSet.LEGACY }, { [DIMENSIONS.routeSet]: 'legacy' }],
    [{ dimensionsMap: { Model: 'other' } }, { [DIMENSIONS.model]: 'other' }],
  ])('returns the metric with the dimension of %j', (options, dimension) => {
    expect(method(imported(testStack(HOME)), options).dimensions).toEqual({ ApiId: 'a1b2c3d4e5', ...dimension });
  });

  it('accepts statistic, period and label', () => {
    const options = { statistic: 'p99', period: Duration.hours(1), label: 'mine' };
    expect(method(imported(testStack(HOME)), options)).toMatchObject(options);
  });
});

describe('the metrics', () => {
  it('create no resources', () => {
    const stack = testStack(HOME);
    const api = imported(stack);
    Object.values(METHODS).forEach((method) => method(api));
    expect(Template.fromStack(stack).toJSON()).not.toHaveProperty('Resources');
  });

  it('have the Region and the account of the stack of the API, so that another stack can use them', () => {
    const { region, account } = imported(testStack(HOME)).metricImages();
    expect({ region, account }).toEqual(HOME);
  });

  it('fail if a model and a route set are given, which the functions do not emit together', () => {
    expect(() => imported(testStack(HOME)).metricImages({ model: CORE, routeSet: RouteSet.STANDARD })).toThrow("accepts 'model' or 'routeSet', not both");
  });

  it('fail if an option has the wrong type or a misspelled name', () => {
    expect(() => imported(testStack(HOME)).metricImages({ routeSet: 'standrad' as RouteSet })).toThrow("'routeSet' must be a member of RouteSet");
    expect(() => imported(testStack(HOME)).metricImages({ modell: CORE } as object)).toThrow("write 'model'");
  });
});

it('RouteSet has a member for each set of routes, and one for legacy routes', () => {
  expect(Object.values(RouteSet).sort()).toEqual([...ROUTE_SETS, 'legacy'].sort());
});
