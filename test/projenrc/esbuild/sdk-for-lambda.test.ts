import * as fs from 'node:fs';
import { markSchemasAsPure, withoutErrorRegistrations } from '../../../projenrc/esbuild/sdk-for-lambda';

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

describe('withoutErrorRegistrations', () => {
  it('keeps the registration of the base exception and of REGISTERED_ERRORS', () => {
    const [base, kept] = ['_s_registry.registerError(S3ServiceException$, S3ServiceException);\n', 'n0_registry.registerError(QueueDoesNotExist$, QueueDoesNotExist);\n'];
    expect(withoutErrorRegistrations(`${base}${kept}n0_registry.registerError(NoSuchKey$, NoSuchKey);\n`)).toBe(`${base}${kept}\n`);
  });

  it('keeps only the registration of the base exception of S3', () => {
    const code = fs.readFileSync(SCHEMAS, 'utf8');
    expect(code.match(/registerError/g)!.length).toBeGreaterThan(10);
    expect(withoutErrorRegistrations(code).match(/registerError/g)).toHaveLength(1);
  });
});
