import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { compileStacks } from './compile';
import { formatSynth, type SynthRow, synthesize } from './measure-synth';
import { type MeasuredProcess } from './measured-process';
import { STACKS } from './stacks';

const ROOT = path.join(__dirname, '..', '..', '..');

/** Modules of the CDK that only the construct loads. Annotations, unique names, and the lists of contents of three services: CloudWatch for metrics. */
const MORE_CDK_MODULES = 5;
/** Files of the construct and of its stack, and 14 of `ImagePlayground`, which the package exports. */
const MAX_OWN_MODULES = 135;

describe('a fresh process that synthesizes the construct without props', () => {
  let outdir: string;
  let construct: MeasuredProcess;
  let plain: MeasuredProcess;

  beforeAll(() => {
    // below the repository, so that the stacks find its packages
    fs.mkdirSync(path.join(ROOT, '.local'), { recursive: true });
    outdir = fs.mkdtempSync(path.join(ROOT, '.local', 'synth-test-'));
    const compiled = compileStacks(ROOT, outdir);
    construct = synthesize(compiled, STACKS['default props'].construct);
    plain = synthesize(compiled, STACKS['default props'].plain);
  });
  afterAll(() => fs.rmSync(outdir, { recursive: true }));

  it('loads the modules of the CDK that plain L2 constructs load, and few more', () => {
    expect(construct.modules.packages - plain.modules.packages).toBeLessThanOrEqual(MORE_CDK_MODULES);
  });

  it('does not load parts of the package that the construct does not need, such as the OpenAPI document', () => {
    expect(construct.modules.others).toBeLessThanOrEqual(MAX_OWN_MODULES);
  });

  it('reports the CPU time of its parts and the size of the template', () => {
    expect(construct.part).toBeGreaterThan(0);
    expect(construct.total).toBeGreaterThan(construct.part);
    expect(construct.templateBytes).toBeGreaterThan(10_000);
  });

  it('leaves no files behind', () => {
    expect(fs.readdirSync(os.tmpdir()).filter((name) => name.startsWith(`bench-synth-${process.pid}-`))).toEqual([]);
  });
});

describe('the table of synthesis times', () => {
  it('has CPU times of both sides, and their ratios', () => {
    const total = { min: 1000, median: 1500, max: 2000 };
    const side = (median: number) => ({ part: { min: median - 100, median, max: median + 100 }, total, templateBytes: 2 * median });
    const row: SynthRow = { stack: 'default props', construct: side(550), plain: side(500), ratios: { part: 1.1, total: 1, templateBytes: 1.1 } };
    expect(formatSynth([row]).split('\n').map((line) => line.replace(/ +/g, ' ').replace(/-+/g, '-'))).toEqual([
      '| Synthesis | side | part after loading aws-cdk-lib, CPU ms | process, CPU ms | template bytes |',
      '|-|-:|-:|-:|-:|',
      '| default props | construct | 450 / 550 / 650 | 1000 / 1500 / 2000 | 1100 |',
      '| default props | plain | 400 / 500 / 600 | 1000 / 1500 / 2000 | 1000 |',
      '| default props | ratio of medians | 1.10x | 1.00x | 1.10x |',
    ]);
  });
});
