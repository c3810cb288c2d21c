import * as fs from 'node:fs';
import * as path from 'node:path';
import { CONTROL_ROW, type Guard, GUARDS } from '../../projenrc/scripts/guards';
import { renderGuardsReport, summaryOf, testNamePattern, withoutGuard } from '../../projenrc/scripts/guards-report';
import { FAULT_AREAS } from '../fixtures/faults';

const REPOSITORY = path.join(__dirname, '../..');
const titleOf = ({ file, text }: Guard): [string, string] => [file, text];
const isRow = (area: string, fault: string) => FAULT_AREAS.some(({ name, rows }) => name === area && rows.some((row) => row.fault === fault));

describe('the guards of npm run check:slow guards', () => {
  it.each(GUARDS.map((guard) => [...titleOf(guard), guard] as const))('%s contains once: %s', (file, _text, guard) => {
    const source = fs.readFileSync(path.join(REPOSITORY, file), 'utf8');
    expect(withoutGuard(source, guard)).not.toBe(source);
  });

  it.each(GUARDS.flatMap((guard) => guard.rows.map((row) => [row.area, row.fault] as const)))('the row of a guard is in the fault matrix: %s: %s', (area, fault) => {
    expect(isRow(area, fault)).toBe(true);
  });

  it('are in all areas of the fault matrix', () => {
    const areas = new Set(GUARDS.flatMap(({ rows }) => rows.map(({ area }) => area)));
    expect([...areas].sort()).toEqual(FAULT_AREAS.map(({ name }) => name).sort());
  });

  it('have a control row that is not one of theirs', () => {
    expect(isRow(CONTROL_ROW.area, CONTROL_ROW.fault)).toBe(true);
    expect(GUARDS.flatMap(({ rows }) => rows)).not.toContainEqual(CONTROL_ROW);
  });
});

const GUARD: Guard = {
  file: 'src/a.ts', text: 'if (a || b) throw c;', replacement: '', protects: 'Nothing is lost.', rows: [{ area: 'Model', fault: 'The model fails (424)' }],
};

describe('withoutGuard', () => {
  it('removes the text', () => {
    expect(withoutGuard('1; if (a || b) throw c; 2;', GUARD)).toBe('1;  2;');
  });

  it.each([['is missing', 'other'], ['occurs twice', GUARD.text.repeat(2)]])('fails when the text %s', (_title, source) => {
    expect(() => withoutGuard(source, GUARD)).toThrow('not once: if (a || b) throw c;');
  });
});

it('testNamePattern matches the whole titles of the rows only', () => {
  const pattern = new RegExp(testNamePattern([...GUARD.rows, { area: 'Budget', fault: '$0.03 remain' }]), 'i');
  expect('the fault matrix on the emulator Model The model fails (424)').toMatch(pattern);
  expect('the fault matrix on the emulator Budget $0.03 remain').toMatch(pattern);
  expect('the fault matrix on the emulator Model The model fails (424) with a message').not.toMatch(pattern);
});

describe('summaryOf', () => {
  it('returns the differences of an object', () => {
    const message = 'Error: expect(received).toEqual(expected)\n\n\x1b[32m- Expected  - 2\x1b[39m\n+ Received  + 2\n\n  Object {\n-     "calls": 1,\n+     "calls": 3,\n  }\n    at a (b.ts:1)';
    expect(summaryOf(message)).toBe('expected "calls": 1; received "calls": 3');
  });

  it('returns both values of a comparison', () => {
    expect(summaryOf('expect(received).toBeLessThan(expected)\n\nExpected: < 2000\nReceived:   2500')).toBe('expected < 2000; received 2500');
  });

  it('returns the start of a long text that contains what it must not', () => {
    const message = `expect(received).not.toContain(expected) // indexOf\n\nExpected substring: not "zanzibar"\nReceived string:        "zanzibar${'.'.repeat(500)}"`;
    expect(summaryOf(message)).toBe(`expected not "zanzibar"; received "zanzibar${'.'.repeat(141)}`);
  });

  it('returns the first line of another error', () => {
    expect(summaryOf('Error: job 1 did not end\n    at a (b.ts:1)')).toBe('Error: job 1 did not end');
  });
});

it('the report contains what each row states without its guard, and rows that pass', () => {
  const rows = [{ ...GUARD.rows[0], passed: false, message: 'Error: lost' }, { area: 'Queue', fault: 'Late', passed: true, message: '' }];
  const report = renderGuardsReport([{ guard: GUARD, rows, problems: ['the row \'Late\' passes'] }], '2026-11-27', 3);
  expect(report).toContain('| Nothing is lost. | a.ts: `if (a \\|\\| b) throw c;` | Model: The model fails (424) | fails | `Error: lost` |');
  expect(report).toContain('| Queue: Late | passes |  |');
  expect(report).toContain('## Problems\n\n- the row \'Late\' passes');
});
