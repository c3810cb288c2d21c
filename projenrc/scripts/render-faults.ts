// Writes docs/faults.md (`npm run docs:faults`).
import * as fs from 'node:fs';
import { FAULT_AREAS } from '../../test/fixtures/faults';
import { faultsPage } from '../../test/helpers/faults/faults-page';

fs.writeFileSync('docs/faults.md', faultsPage(FAULT_AREAS));
