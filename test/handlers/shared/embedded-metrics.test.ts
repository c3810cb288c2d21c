import { embeddedMetrics } from '../../../src/handlers/shared/embedded-metrics';
import { METRICS, type MetricDimensions, type MetricKey } from '../../../src/private/contract/metrics';
import { datapointsOf } from '../../helpers/embedded-metrics';

const NOW = Date.UTC(2026, 10, 27);
const DIMENSIONS: MetricDimensions = { api: 'a1b2c3d4e5', model: 'm', routeSet: 'standard' };

function fieldsOf(values: readonly (readonly [MetricKey, readonly number[]])[], dimensions = DIMENSIONS) {
  return embeddedMetrics(new Map(values), dimensions, NOW);
}

describe('the fields of a log line with metrics', () => {
  it('are an example of the embedded metric format', () => {
    expect(fieldsOf([['images', [1, 1]], ['latency', [4_200]]])).toEqual({
      _aws: {
        Timestamp: NOW,
        CloudWatchMetrics: [{
          Namespace: 'GenAiImageApi',
          Dimensions: [['ApiId'], ['ApiId', 'Model'], ['ApiId', 'RouteSet']],
          Metrics: [{ Name: 'Images', Unit: 'Count' }, { Name: 'ModelLatency', Unit: 'Milliseconds' }],
        }],
      },
      ApiId: 'a1b2c3d4e5',
      Model: 'm',
      RouteSet: 'standard',
      Images: 2,
      ModelLatency: 4_200,
    });
  });

  it.each(Object.keys(METRICS) as MetricKey[])('are valid for the metric %s', (key) => {
    const points = datapointsOf(JSON.stringify(fieldsOf([[key, [0.5, 2]]])));
    expect(points.map(({ dimensions }) => Object.keys(dimensions))).toEqual([['ApiId'], ['ApiId', 'Model'], ['ApiId', 'RouteSet']]);
    for (const point of points) expect(point).toMatchObject({ namespace: 'GenAiImageApi', name: METRICS[key].name, unit: METRICS[key].unit, timestamp: NOW });
  });

  it.each([
    [{ api: 'a' }, [['ApiId']]],
    [{ api: 'a', model: 'm' }, [['ApiId'], ['ApiId', 'Model']]],
    [{ api: 'a', routeSet: 'openAi' }, [['ApiId'], ['ApiId', 'RouteSet']]],
  ] as const)('have no dimension without a value: %j', (dimensions, expected) => {
    const points = datapointsOf(JSON.stringify(fieldsOf([['images', [1]]], dimensions)));
    expect(points.map((point) => Object.keys(point.dimensions))).toEqual(expected);
  });

  it('are empty if the line has no metrics', () => {
    expect(fieldsOf([])).toEqual({});
  });

  it('sum up counts and costs, and list several latencies', () => {
    expect(fieldsOf([['filtered', [1, 1]], ['estimatedCost', [0.25, 0.5]], ['latency', [100, 300]]])).toMatchObject({ Filtered: 2, EstimatedCost: 0.75, ModelLatency: [100, 300] });
  });
});

describe('the check of the format', () => {
  const valid = fieldsOf([['images', [1]]]);
  const directive = { Namespace: 'n', Dimensions: [['ApiId']], Metrics: [{ Name: 'Images', Unit: 'Count' }] };
  const withDirective = (change: object) => ({ ...valid, _aws: { Timestamp: NOW, CloudWatchMetrics: [{ ...directive, ...change }] } });

  it.each<[string, object]>([
    ['metadata without a time', { ...valid, _aws: { CloudWatchMetrics: [directive] } }],
    ['metadata that is not an object', { ...valid, _aws: 'x' }],
    ['a namespace that is empty', withDirective({ Namespace: '' })],
    ['a list of dimensions instead of sets', withDirective({ Dimensions: ['ApiId'] })],
    ['no dimension set', withDirective({ Dimensions: [] })],
    ['a dimension without a value', withDirective({ Dimensions: [['Owner']] })],
    ['no metrics', withDirective({ Metrics: [] })],
    ['an unknown unit', withDirective({ Metrics: [{ Name: 'Images', Unit: 'Dollars' }] })],
    ['a metric without a value', withDirective({ Metrics: [{ Name: 'Filtered', Unit: 'Count' }] })],
    ['a value that is not a number', { ...valid, Images: '1' }],
    ['too many values', { ...valid, Images: Array.from({ length: 101 }, () => 1) }],
    ['an unknown member', withDirective({ Extra: 1 })],
  ])('rejects %s', (_, line) => {
    expect(() => datapointsOf(JSON.stringify(line))).toThrow();
  });
});
