import * as fs from 'node:fs';
import * as path from 'node:path';
import { findingsPage } from '../helpers/security/findings-page';

it('docs/security-findings.md is rendered from the accepted findings; `npx tsx projenrc/scripts/render-findings.ts` updates it', () => {
  expect(fs.readFileSync(path.join(__dirname, '../../docs/security-findings.md'), 'utf8')).toBe(findingsPage());
});
