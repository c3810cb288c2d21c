import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { DOCUMENTS } from '../../../helpers/openapi-documents';

const LINTER = path.join(path.dirname(require.resolve('@redocly/cli/package.json')), 'bin', 'cli.js');

describe('the Redocly linter', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'openapi-'));
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  /** Returns the output of the linter. Throws an error if it finds a problem. With its strict rules, each warning is an error. */
  function lint(documents: Readonly<Record<string, unknown>>): string {
    const files = Object.entries(documents).map(([name, document]) => {
      const file = path.join(folder, `${name}.json`);
      fs.writeFileSync(file, JSON.stringify(document, null, 2));
      return file;
    });
    const args = [LINTER, 'lint', ...files, '--extends', 'recommended-strict', '--format', 'stylish'];
    // Without these variables, the linter sends telemetry.
    const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
    try {
      return execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8', stdio: 'pipe', env });
    } catch (error) {
      const { stdout, stderr } = error as { readonly stdout: string; readonly stderr: string };
      throw new Error(`${stdout}\n${stderr}`);
    }
  }

  it('finds no errors and no warnings in the document of any API', () => {
    expect(() => lint(DOCUMENTS)).not.toThrow();
  }, 60_000);

  it('fails when a document is not valid', () => {
    expect(() => lint({ broken: { ...DOCUMENTS.iam, paths: { images: {} } } })).toThrow(/struct .*images/);
  }, 60_000);
});
