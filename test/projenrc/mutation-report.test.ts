import * as fs from 'node:fs';
import * as path from 'node:path';
import { ACCEPTED_MUTANTS, type AcceptedMutant } from '../../projenrc/scripts/accepted-mutants';
import { renderMutationReport, type MutatedFile } from '../../projenrc/scripts/mutation-report';

const ROOT = path.join(__dirname, '../..');
const SOURCE = 'function twice(n: number) {\n  return n === 0 ? 0 : 2 * n;\n}\n';

/** A mutant of the second line, from one column to another. */
const mutant = (from: number, to: number, replacement: string, status: string): MutatedFile['mutants'][0] => (
  { status, mutatorName: 'Mutator', replacement, location: { start: { line: 2, column: from }, end: { line: 2, column: to } } }
);
const FILES = {
  'src/handlers/a.ts': {
    source: SOURCE,
    mutants: [mutant(10, 17, 'false', 'Survived'), mutant(10, 17, 'true', 'Killed'), mutant(24, 29, '2 / n', 'NoCoverage'), mutant(24, 29, 'n', 'Timeout'), mutant(24, 29, '5', 'Ignored')],
  },
};
const render = (...accepted: AcceptedMutant[]) => renderMutationReport(FILES, { date: '2026-11-27', durations: ['a 1 minutes'] }, accepted);

describe('the report of the mutation tests', () => {
  it('has the score of each file and of all', () => {
    expect(render()).toContain('Score 50.0 %: 2 of 4 mutants detected.');
    expect(render()).toContain('| src/handlers/a.ts | 2 | 2 | 50.0 % |');
  });

  it('shows undetected mutants with the reason for which they were accepted, and lists the others as not explained', () => {
    const report = render({ file: 'a.ts', mutated: 'return false ? 0 : 2 * n;', reason: '2 * 0 is 0' });
    expect(report).toContain('## Not explained\n\n- src/handlers/a.ts:2 Mutator: `return n === 0 ? 0 : 2 / n;`\n\n');
    expect(report).toContain('## Without an effect\n\n- src/handlers/a.ts:2 Mutator: `return false ? 0 : 2 * n;`: 2 * 0 is 0\n');
    expect(report).not.toContain('Accepted, but detected');
  });

  it('lists accepted mutants that a test detects, in the files of the report', () => {
    const report = render({ file: 'a.ts', mutated: 'return true ? 0 : 2 * n;', reason: '' }, { file: 'b.ts', mutated: 'x', reason: '' });
    expect(report).toContain('## Accepted, but detected\n\n- src/handlers/a.ts: `return true ? 0 : 2 * n;`\n');
    expect(report).not.toContain('b.ts');
  });
});

it('accepted mutants are in existing files, once, with a reason', () => {
  expect(ACCEPTED_MUTANTS.filter(({ file }) => !fs.existsSync(path.join(ROOT, 'src/handlers', file)))).toEqual([]);
  expect(ACCEPTED_MUTANTS.filter(({ reason }) => reason.length < 20)).toEqual([]);
  expect(new Set(ACCEPTED_MUTANTS.map(({ file, mutated }) => `${file} ${mutated}`)).size).toBe(ACCEPTED_MUTANTS.length);
});

it('an area below 85 percent fails, by the configuration of Stryker', () => {
  const { thresholds } = JSON.parse(fs.readFileSync(path.join(ROOT, 'test/stryker.json'), 'utf8'));
  expect(thresholds.break).toBe(85);
});
