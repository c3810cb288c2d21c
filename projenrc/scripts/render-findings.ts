// Renders docs/security-findings.md from the accepted findings of the security checks.
import * as fs from 'node:fs';
import { findingsPage } from '../../test/helpers/security/findings-page';

fs.writeFileSync('docs/security-findings.md', findingsPage());
