import { Delivery } from '../../src';
import { ApiError } from '../../src/handlers/shared/api-error';
import { METRICS } from '../../src/private/contract/metrics';
import { QUERIES } from '../../src/private/observability/queries';
import { runScriptedHour, SCRIPTED_CONFIGURATION } from '../fixtures/scripted-hour';
import { datapointsOf } from '../helpers/embedded-metrics';
import { readPages } from '../helpers/markdown';
import { QueuedWorld } from '../helpers/queued-world';
import { imageApi } from '../helpers/stack';
import { throttled, World } from '../helpers/world';

const [{ text: PAGE }] = readPages(['docs/observability.md']);

/** Returns the rows of the table under a heading, as lists of cells. */
function table(heading: string): string[][] {
  const section = PAGE.split(`\n## ${heading}\n`)[1].split('\n## ')[0];
  const rows = section.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('|---'));
  return rows.slice(1).map((row) => row.slice(2, -2).split(/(?<!\\) \| /).map((cell) => cell.trim()));
}

const words = (cell: string) => [...cell.matchAll(/`(\w+)`/g)].map(([, word]) => word);

describe('docs/observability.md', () => {
  it('lists all metrics with unit and statistic', () => {
    const rows = table('Metrics').map(([method, name, unit, statistic]) => [method.replace(/[`()]/g, ''), ...words(name), unit.split(' ')[0], statistic]);
    expect(rows).toEqual(Object.entries(METRICS).map(([key, { name, unit, statistic }]) => [
      `metric${key.charAt(0).toUpperCase()}${key.slice(1)}`, name, unit, statistic,
    ]));
  });

  it('lists all alarms', () => {
    const { all, ...alarms } = imageApi({ delivery: Delivery.queued() }).addAlarms('Alarms', { spend: { threshold: 1 } });
    expect(table('Alarms').flatMap(([names]) => words(names)).sort()).toEqual(Object.keys(alarms).sort());
  });

  it('contains the queries of the dashboard', () => {
    for (const { lines } of QUERIES) expect(PAGE).toContain(lines.join('\n| '));
  });

  it('lists the fields of the log lines', async () => {
    const world = new QueuedWorld(SCRIPTED_CONFIGURATION);
    await runScriptedHour(world);
    const lines = world.logs.map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter(({ message }) => ['request', 'job', 'model'].includes(String(message)));
    const own = ['level', 'time', 'message', '_aws', 'ApiId', 'Model', 'RouteSet', ...Object.values(METRICS).map(({ name }) => name)];
    const fields = new Set(lines.flatMap((line) => Object.keys(line)).filter((field) => !own.includes(field)));
    expect([...fields].filter((field) => !table('Log lines').flatMap(([names]) => words(names)).includes(field))).toEqual([]);
  });

  it('counts the metrics of a default stack', async () => {
    const world = new World();
    const emitted = () => new Set(world.logs.flatMap(datapointsOf).map(({ name, dimensions }) => JSON.stringify([name, dimensions]))).size;
    const generate = (headers = {}) => world.call('POST /images', { body: { prompt: 'a bay' }, headers });
    await generate();
    expect(PAGE).toContain(`in an hour without failures, filters and repeated requests it has ${emitted()}`);
    for (const error of [throttled(), new ApiError('MODEL_ERROR', ''), new ApiError('CONTENT_FILTERED', '')]) {
      world.models.failWith(error);
      await generate();
    }
    for (let call = 0; call < 2; call++) await generate({ 'Idempotency-Key': 'k' });
    expect(PAGE).toContain(`A default stack has at most ${emitted()};`);
  });
});
