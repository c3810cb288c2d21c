import { ApiRoutes, Delivery, type GenAiImageApiProps, ImageEdit, ImageEdits, ImageModel, LegacyReply, TextModel } from '../../../src';
import { METRIC_NAMESPACE, METRICS } from '../../../src/private/contract/metrics';
import { QUERIES } from '../../../src/private/observability/queries';
import { ENDPOINT, runScriptedHour, SCRIPTED_CONFIGURATION } from '../../fixtures/scripted-hour';
import { alarmMetrics, dashboardWidgets, type UsedMetric, widgetMetrics } from '../../helpers/cloudwatch';
import { datapointsOf } from '../../helpers/embedded-metrics';
import { QueuedWorld } from '../../helpers/queued-world';
import { HOME, imageApi, testStack } from '../../helpers/stack';

// Alarms and widgets refer to metrics by name: a metric that nothing emits would be a graph without data, and an alarm that is never raised.

/** The features of the scripted hour, whose log lines contain all metrics. */
const PROPS: GenAiImageApiProps = {
  additionalModels: [ImageModel.SD3_5_LARGE, ImageModel.sageMakerEndpoint(ENDPOINT)],
  edits: ImageEdits.of(ImageEdit.REMOVE_BACKGROUND),
  textModel: TextModel.NOVA_2_LITE,
  delivery: Delivery.queued(),
  routes: [ApiRoutes.standard(), ApiRoutes.openAi(), ApiRoutes.legacy({ path: '/old', reply: LegacyReply.presignedUrl() })],
};

/** Names of metrics that AWS services emit, from their pages on CloudWatch metrics. */
const AWS_METRICS: Readonly<Record<string, readonly string[]>> = {
  'AWS/ApiGateway': ['Count', '4XXError', '5XXError', 'Latency'],
  'AWS/Lambda': ['Invocations', 'Errors', 'Throttles', 'ConcurrentExecutions'],
  'AWS/S3': ['BucketSizeBytes', 'NumberOfObjects'],
  'AWS/SQS': [
    'ApproximateAgeOfOldestMessage', 'ApproximateNumberOfMessagesVisible', 'ApproximateNumberOfMessagesNotVisible', 'ApproximateNumberOfMessagesDelayed',
  ],
};

const keyOf = ({ name, dimensions }: Pick<UsedMetric, 'name' | 'dimensions'>) => `${name} by ${Object.keys(dimensions).sort().join()}`;

/** Returns the fields that a query of Logs Insights reads, without those that it computes. */
function fieldsOf(lines: readonly string[]): string[] {
  const text = lines.join('\n');
  const computed = [...text.matchAll(/ as (\w+)/g)].map(([, name]) => name);
  const read = lines.filter((line) => !line.startsWith('limit')).flatMap((line) => [...line.replace(/"[^"]*"/g, '').matchAll(/@?[A-Za-z]\w*/g)].map(([name]) => name));
  const words = ['fields', 'filter', 'stats', 'sort', 'by', 'as', 'and', 'in', 'desc', 'sum', 'count', 'latest', 'ispresent', '@timestamp', ...computed];
  return [...new Set(read)].filter((name) => !words.includes(name));
}

describe('the metrics of alarms and of the dashboard', () => {
  const world = new QueuedWorld(SCRIPTED_CONFIGURATION);
  const stack = testStack(HOME);
  const images = imageApi(PROPS, stack);
  images.addAlarms('Alarms', { spend: { threshold: 1 } });
  images.addDashboard();
  const used = [...alarmMetrics(stack), ...widgetMetrics(dashboardWidgets(stack))];
  const own = used.filter(({ namespace }) => namespace === METRIC_NAMESPACE);

  beforeAll(() => runScriptedHour(world));

  it('are all emitted by the functions, with the same dimensions', () => {
    const emitted = new Set(world.logs.flatMap(datapointsOf).map(keyOf));
    expect(own.length).toBeGreaterThan(30);
    expect(own.map(keyOf).filter((key) => !emitted.has(key))).toEqual([]);
  });

  it('have the values of dimensions that the functions emit', () => {
    const values = (metrics: readonly Pick<UsedMetric, 'dimensions'>[], dimension: string) => new Set(metrics.flatMap(({ dimensions }) => dimensions[dimension] ?? []));
    const emitted = world.logs.flatMap(datapointsOf);
    for (const dimension of ['Model', 'RouteSet']) expect(values(own, dimension)).toEqual(values(emitted, dimension));
  });

  it('include each metric that the functions emit', () => {
    expect(new Set(own.map(({ name }) => name))).toEqual(new Set(Object.values(METRICS).map(({ name }) => name)));
    const emitted = new Set(world.logs.flatMap(datapointsOf).map(({ name }) => name));
    expect(emitted).toEqual(new Set(own.map(({ name }) => name)));
  });

  it('are otherwise metrics of AWS services', () => {
    const others = used.filter(({ namespace }) => namespace !== METRIC_NAMESPACE);
    expect(others.filter(({ namespace, name }) => !AWS_METRICS[namespace]?.includes(name))).toEqual([]);
  });

  it('are grouped by owner and model in each line that the usage query reads', () => {
    const lines = world.logs.map((line) => JSON.parse(line) as Record<string, unknown>).filter(({ message, ApiId }) => ['request', 'job', 'model'].includes(String(message)) && ApiId);
    expect(new Set(lines.map(({ message }) => message))).toEqual(new Set(['request', 'job', 'model']));
    expect(lines.filter(({ owner }) => owner === undefined)).toEqual([]);
  });

  it.each(QUERIES)('do not have to be computed for the query "$title", whose fields are in the log lines', ({ lines }) => {
    const logged = new Set(world.logs.flatMap((line) => Object.keys(JSON.parse(line) as object)));
    const fields = fieldsOf(lines);
    expect(fields.length).toBeGreaterThan(3);
    expect(fields.filter((field) => !logged.has(field))).toEqual([]);
  });
});
