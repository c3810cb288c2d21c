import * as fs from 'node:fs';
import { markSchemasAsPure } from '../../projenrc/sdk-for-lambda';

const SCHEMAS = require.resolve('@aws-sdk/client-s3/package.json').replace('package.json', 'dist-es/schemas/schemas_0.js');

describe('markSchemasAsPure', () => {
  it('marks each schema and nothing else', () => {
    const code = 'export var A$ = [3, n0, _A,\n    { [_e]: _c },\n    [() => B$]\n];\nregistry.registerError(A$, A);\nvar B = 64 | 0;\n';
    expect(markSchemasAsPure(code)).toBe(
      'export var A$ = /* @__PURE__ */ (() => [3, n0, _A,\n    { [_e]: _c },\n    [() => B$]\n])();\nregistry.registerError(A$, A);\nvar B = 64 | 0;\n');
  });

  it('marks all operations of S3', () => {
    const code = fs.readFileSync(SCHEMAS, 'utf8');
    const operations = code.match(/^export var \w+\$ = \[9,/gm)!.length;
    expect(operations).toBeGreaterThan(100);
    expect(markSchemasAsPure(code).match(/^export var \w+\$ = \/\* @__PURE__ \*\/ \(\(\) => \[9,/gm)).toHaveLength(operations);
  });
});
