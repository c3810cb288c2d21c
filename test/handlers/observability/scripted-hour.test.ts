import { METRICS } from '../../../src/private/contract/metrics';
import { DONE, ENDPOINT, NOVA, REMOVE_BACKGROUND, runScriptedHour, SCRIPTED_CONFIGURATION, SD3_5, type Done } from '../../fixtures/scripted-hour';
import { datapointsOf, sumIn, valuesIn } from '../../helpers/embedded-metrics';
import { QueuedWorld } from '../../helpers/queued-world';
import { CORE, START } from '../../helpers/world';

// The metrics of the log lines add up to what the steps of the fixture do: for the API, for each model and for each set of routes.

const API = { ApiId: SCRIPTED_CONFIGURATION.api };
const COUNTS = ['Images', 'Filtered', 'Throttles', 'ModelErrors', 'Reused'] as const;

describe('the metrics of an hour of mixed traffic', () => {
  const world = new QueuedWorld(SCRIPTED_CONFIGURATION);
  const done = DONE;

  beforeAll(() => runScriptedHour(world));

  const total = (counts: readonly Done[], name: typeof COUNTS[number]) => counts.reduce((sum, each) => sum + (each[name] ?? 0), 0);
  const latencies = (of: readonly Done[]) => of.flatMap(({ latency = [] }) => latency).sort((a, b) => a - b);
  const emitted = (name: string, dimensions: Record<string, string>) => valuesIn(world.logs, name, dimensions).sort((a, b) => a - b);

  it('cover about an hour', () => {
    expect((world.time - START) / 60_000).toBeGreaterThan(45);
  });

  it('count each image once', () => {
    expect(total(done, 'Images')).toBe([...world.store.objects.values()].length);
  });

  it.each(COUNTS)('%s add up for the API', (name) => {
    expect(sumIn(world.logs, name, API)).toBe(total(done, name));
    expect(total(done, name)).toBeGreaterThan(0);
  });

  it.each([CORE, SD3_5, ENDPOINT, REMOVE_BACKGROUND, NOVA])('add up for the model %s', (model) => {
    const own = done.filter((each) => each.model === model);
    for (const name of COUNTS) expect([name, sumIn(world.logs, name, { ...API, Model: model })]).toEqual([name, total(own, name)]);
    expect(emitted('ModelLatency', { ...API, Model: model })).toEqual(latencies(own));
  });

  it.each(['standard', 'openAi', 'legacy'] as const)('add up for the routes %s', (routes) => {
    const own = done.filter((each) => each.routes === routes);
    for (const name of COUNTS) expect([name, sumIn(world.logs, name, { ...API, RouteSet: routes })]).toEqual([name, total(own, name)]);
    expect(emitted('ModelLatency', { ...API, RouteSet: routes })).toEqual(latencies(own));
  });

  it('have the latency of each model call', () => {
    expect(emitted('ModelLatency', API)).toEqual(latencies(done));
    // the timeout, and the images of a call that returned another image
    const answered = 2;
    const unanswered = total(done, 'Throttles') + total(done, 'ModelErrors') - answered;
    // the guardrail and the denied words filter before the call
    const filteredCalls = 1;
    expect(latencies(done)).toHaveLength(world.models.calls.length + world.textModel.calls.length - unanswered - filteredCalls);
  });

  it('have the cost of each call, to the cent', () => {
    const cost = (of: readonly Done[]) => of.reduce((sum, each) => sum + (each.cost ?? 0), 0) / 1_000_000;
    expect(sumIn(world.logs, 'EstimatedCost', API)).toBe(cost(done));
    for (const model of [CORE, SD3_5, REMOVE_BACKGROUND, NOVA]) {
      expect(sumIn(world.logs, 'EstimatedCost', { ...API, Model: model })).toBe(cost(done.filter((each) => each.model === model)));
    }
    for (const routes of ['standard', 'openAi', 'legacy']) {
      expect(sumIn(world.logs, 'EstimatedCost', { ...API, RouteSet: routes })).toBe(cost(done.filter((each) => each.routes === routes)));
    }
    // 19 images of Stable Image Core or calls of it that may have been charged, two of SD3.5, two removals of a background, two texts
    expect(cost(done)).toBeCloseTo(19 * 0.04 + 2 * 0.08 + 2 * 0.07 + 2 * 0.000015, 9);
  });

  it('have the age of each job at the start of its runs', () => {
    expect(emitted('QueueAge', API)).toEqual(done.flatMap(({ queueAge }) => queueAge ?? []).sort((a, b) => a - b));
  });

  it('have the time of the request', () => {
    const times = world.logs.flatMap(datapointsOf).map(({ timestamp }) => timestamp);
    expect(Math.min(...times)).toBeGreaterThanOrEqual(START);
    expect(Math.max(...times)).toBeLessThanOrEqual(world.time);
  });

  it('include each metric of the contract, with each set of dimensions', () => {
    const points = world.logs.flatMap(datapointsOf);
    expect(new Set(points.map(({ name }) => name))).toEqual(new Set(Object.values(METRICS).map(({ name }) => name)));
    expect(new Set(points.map(({ dimensions }) => Object.keys(dimensions).join()))).toEqual(new Set(['ApiId', 'ApiId,Model', 'ApiId,RouteSet']));
  });
});
