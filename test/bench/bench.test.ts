import { parseBenchArguments } from './arguments';
import { withoutChunkFraming } from './fakes/fake-bucket';
import { type Fakes, startFakes } from './functions/fakes';
import { measure, type Measurement } from './functions/measure';
import { NOT_PINNED } from './functions/pinning';
import { checkCeilings } from './guard';
import { memoryTable } from './report/memory-table';
import { compare, resultOf } from './report/result';
import { summarize } from './report/statistics';
import { ratioTable, resultTable } from './report/table';
import { type Row, type Scenario } from './rows/row';
import { createImage, emptyScenario } from './rows/scenarios';
import { bundleHandler, plainFile } from './setup/bundles';
import { LocalRunError } from '../../local/cli/local-run-error';

const scenario = emptyScenario();
const row = (name: string, empty: string): Row => ({ name, empty, command: [], environment: {}, code: plainFile('empty.mjs'), scenario });
const process_ = (initCpu: number, warmCpu: number, peakRss: number): Measurement => ({
  initMs: initCpu, initCpu, firstMs: 10, firstCpu: 10, warm: { '1.5 MB': { cpu: warmCpu, ms: [warmCpu], peakRss } },
});
const RESULTS = [
  resultOf(row('empty', 'empty'), [process_(50, 1, 60)]),
  resultOf(row('ours', 'empty'), [process_(90, 10, 100), process_(100, 12, 130), process_(70, 14, 110)]),
  resultOf(row('other', 'empty'), [process_(130, 24, 160)]),
];

describe('the statistics of the benchmark', () => {
  it('are minimum, median and maximum', () => {
    expect(summarize([3, 1, 2])).toEqual({ min: 1, median: 2, max: 3 });
    expect(summarize([4, 1, 2, 3])).toEqual({ min: 1, median: 2.5, max: 4 });
    expect(() => summarize([])).toThrow('at least one value');
  });

  it('compare medians, also over the empty function', () => {
    const [{ ratios, ratiosOfMinima }] = compare([['ours', 'other'], ['ours', 'absent']], RESULTS);
    expect(ratios).toEqual({
      'init': 90 / 130,
      'init over empty': 40 / 80,
      'init + first': 100 / 140,
      'init + first over empty': 40 / 80,
      'warm 1.5 MB': 12 / 24,
      'RSS': 110 / 160,
      'RSS over empty': 50 / 100,
    });
    expect(ratiosOfMinima).toMatchObject({ 'init': 70 / 130, 'init over empty': 20 / 80, 'warm 1.5 MB': 10 / 24, 'RSS over empty': 40 / 100 });
  });

  it('are readable tables', () => {
    expect(resultTable(RESULTS)).toContain('| ours                       |   70 / 90 / 100 |        +40 |');
    expect(ratioTable(compare([['ours', 'other']], RESULTS))).toContain('| ours : other                 | 0.69 (0.54) |     0.50 (0.25) |');
    const measured = { name: 'one image', limit: 384, exceeded: [256], rssAfter: { 1: 150 }, peakRss: 160 };
    expect(memoryTable([measured, { name: 'other', exceeded: [], rssAfter: {}, notMeasured: 'EROFS' }])).toContain(
      '| one image      |              384 MB |           256 MB |         160 |                 150 |',
    );
  });

  it('fail the guard above the ceiling, and without a measurement', () => {
    const passed = (metrics: Parameters<typeof checkCeilings>[0]) => checkCeilings(metrics, { 'init + first': 1.2 }).map((check) => check.passed);
    expect([passed({ 'init + first': 1.2 }), passed({ 'init + first': 1.21 }), passed({})]).toEqual([[true], [false], [false]]);
  });
});

describe('the arguments of the benchmark', () => {
  it('select the number of processes, rows and the file', () => {
    const { runs, only, out, guard } = parseBenchArguments(['--runs', '3', '--only', 'GET', '--out', 'x.json'])!;
    expect([runs, only.test('GET /images'), only.test('POST /text'), out, guard]).toEqual([3, true, false, 'x.json', false]);
  });

  it.each([[['--runs', '0']], [['--only', '(']], [['--unknown']]])('fail for %j', (argv) => {
    expect(() => parseBenchArguments(argv)).toThrow(LocalRunError);
  });
});

// CPU time and memory are read from /proc
(process.platform === 'linux' ? describe : describe.skip)('a process of the benchmark', () => {
  let fakes: Fakes;
  let plain: Row;
  beforeAll(async () => {
    fakes = await startFakes();
    const code = await bundleHandler('plain-image', 'bundled');
    const command = [process.execPath, `${__dirname}/handlers/runtime-client.mjs`, code.file];
    const environment = {
      PATH: process.env.PATH!,
      AWS_REGION: 'us-west-2',
      AWS_ACCESS_KEY_ID: 'id',
      AWS_SECRET_ACCESS_KEY: 'secret',
      BUCKET: 'bucket',
      TABLE: 'table',
      CLIENTS: '{"key":"client:alice"}',
    };
    plain = { name: 'plain', empty: 'empty', command, environment, code, scenario: createImage({ keyId: 'key' }) };
  });
  afterAll(() => fakes.stop());

  const phases = [{ label: '50 kB', imageBytes: 50_000, requests: 2 }];
  const run = (scenario_: Partial<Scenario>, environment = plain.environment) => (
    measure({ ...plain, environment, scenario: { ...plain.scenario, ...scenario_ } }, phases, { fakes, pinning: NOT_PINNED }));

  it('is measured, and its results are checked', async () => {
    const { initCpu, firstCpu, warm: { '50 kB': { cpu, ms, peakRss } } } = await run({});
    for (const value of [initCpu, firstCpu, cpu, peakRss]) expect(value).toBeGreaterThan(0);
    expect(ms).toHaveLength(2);
  });

  it('fails if a result is not correct', async () => {
    await expect(run(createImage({ keyId: 'unknown' }))).rejects.toThrow('403');
    await expect(run({ check: (response, state) => plain.scenario.check(response, { ...state, digest: 'other' }, 1) })).rejects.toThrow('differ');
    await expect(run({}, { ...plain.environment, CLIENTS: 'no JSON' })).rejects.toThrow(/exit code 1[^]*JSON/);
  });
});

it('the fake of S3 reads a body in chunks', () => {
  expect(withoutChunkFraming(Buffer.from('3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nx-amz-checksum-crc32:x\r\n\r\n')).toString()).toBe('abcde');
});
