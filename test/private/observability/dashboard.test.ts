import { Duration } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { ApiRoutes, Delivery, type GenAiImageApiProps, ImageEdit, ImageEdits, ImageModel, LegacyReply, TextModel } from '../../../src';
import { dashboardWidgets, widgetMetrics } from '../../helpers/cloudwatch';
import { HOME, imageApi, ofType, testStack } from '../../helpers/stack';

const FEATURES: GenAiImageApiProps = {
  additionalModels: [ImageModel.SD3_5_LARGE],
  edits: ImageEdits.of(ImageEdit.ERASE),
  textModel: TextModel.NOVA_2_LITE,
  delivery: Delivery.queued(),
  routes: [ApiRoutes.standard(), ApiRoutes.openAi(), ApiRoutes.legacy({ path: '/old', reply: LegacyReply.presignedUrl() })],
};

function withDashboard(props?: GenAiImageApiProps) {
  const stack = testStack(HOME);
  const dashboard = imageApi(props, stack).addDashboard();
  return { stack, dashboard };
}

const titles = (props?: GenAiImageApiProps) => dashboardWidgets(withDashboard(props).stack).map(({ properties }) => properties.title);

describe('addDashboard()', () => {
  it('creates a dashboard without a physical name', () => {
    const [{ Properties }] = ofType(Template.fromStack(withDashboard().stack), 'AWS::CloudWatch::Dashboard');
    expect(Object.keys(Properties)).toEqual(['DashboardBody']);
  });

  it.each(['Requests', 'Latency of requests', 'Errors of requests', 'Handler', 'Estimated cost by model and hour', 'Size of the bucket'])('shows %s', (title) => {
    expect(titles()).toContain(title);
  });

  it('shows a given start instead of the last day', () => {
    const stack = testStack(HOME);
    imageApi({}, stack).addDashboard('D', { start: '-PT12H' });
    const [{ Properties }] = ofType(Template.fromStack(stack), 'AWS::CloudWatch::Dashboard');
    expect(JSON.stringify(Properties)).toContain('-PT12H');
  });

  it('shows the queue only if there is one', () => {
    expect(titles(FEATURES)).toEqual(expect.arrayContaining(['Jobs in the queue', 'Age of jobs, seconds', 'Worker']));
    expect(titles()).not.toContain('Jobs in the queue');
  });

  it('compares all models and route sets of the API', () => {
    const images = widgetMetrics(dashboardWidgets(withDashboard(FEATURES).stack)).filter(({ name }) => name === 'Images');
    expect(images.flatMap(({ dimensions: { Model } }) => Model ?? [])).toEqual([
      'stability.stable-image-core-v1:1', 'stability.sd3-5-large-v1:0', 'stability.stable-image-erase-object-v1:0', 'amazon.nova-2-lite-v1:0',
    ]);
    expect(images.flatMap(({ dimensions: { RouteSet } }) => RouteSet ?? [])).toEqual(['standard', 'openAi', 'legacy']);
  });

  it('has queries of the log groups of both functions', () => {
    const { stack } = withDashboard(FEATURES);
    const queries = dashboardWidgets(stack).flatMap(({ properties }) => properties.query ?? []);
    expect(queries).toHaveLength(3);
    for (const query of queries) expect(query).toMatch(/^SOURCE '<ImagesHandlerLogs\w+>' \| SOURCE '<ImagesWorkerLogs\w+>' \| /);
  });

  it('shows the last day by default, and accepts other props of the dashboard', () => {
    const stack = testStack(HOME);
    imageApi({}, stack).addDashboard('Board', { defaultInterval: Duration.days(7), dashboardName: 'mine', widgets: [[new cloudwatch.TextWidget({ markdown: 'Mine' })]] });
    const [{ Properties }] = ofType(Template.fromStack(stack), 'AWS::CloudWatch::Dashboard');
    expect(Properties.DashboardName).toBe('mine');
    expect(JSON.stringify(Properties.DashboardBody)).toContain('-P7D');
    expect(dashboardWidgets(stack)[0].type).toBe('text');
    expect(JSON.stringify(ofType(Template.fromStack(withDashboard().stack), 'AWS::CloudWatch::Dashboard')[0])).toContain('-P1D');
  });

  it('returns the dashboard, so that widgets can be added', () => {
    const { stack, dashboard } = withDashboard();
    dashboard.addWidgets(new cloudwatch.TextWidget({ markdown: 'Runbook' }));
    expect(dashboardWidgets(stack).at(-1)!.type).toBe('text');
  });

  it.each([[5, {}, "'id' must be a string"], ['Board', 5, "'props' must be an object"]])('fails for the arguments %j and %j', (id, props, message) => {
    expect(() => imageApi().addDashboard(id as string, props as object)).toThrow(message);
  });
});

it('addDashboard() accepts a start, which replaces the default interval', () => {
  const stack = testStack(HOME);
  imageApi({}, stack).addDashboard('D', { start: '-PT12H' });
  expect(JSON.stringify(Template.fromStack(stack).findResources('AWS::CloudWatch::Dashboard'))).toContain('-PT12H');
});
