import * as fs from 'node:fs';
import * as path from 'node:path';
import { FAULT_AREAS } from '../fixtures/faults';
import { faultsPage } from '../helpers/faults/faults-page';

it('docs/faults.md contains the rows of the fault matrix; npm run docs:faults renders it', () => {
  expect(fs.readFileSync(path.join(__dirname, '../../docs/faults.md'), 'utf8')).toBe(faultsPage(FAULT_AREAS));
});

it('the fault matrix has at least 40 rows, each with another fault', () => {
  const faults = FAULT_AREAS.flatMap(({ rows }) => rows.map(({ fault }) => fault));
  expect(faults.length).toBeGreaterThanOrEqual(40);
  expect(new Set(faults).size).toBe(faults.length);
});
