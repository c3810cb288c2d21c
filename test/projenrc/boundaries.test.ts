import { spawnSync } from 'node:child_process';
import { temporaryFolder, writeFiles } from '../helpers/temporary-files';

/**
 * Lints texts as the content of existing files, in a process of its own: in a Jest worker, import rules can resolve no import.
 * The rules of this test need no types, and a program with types takes most of the linter's time.
 */
const LINT = `
  const { loadESLint } = require('eslint');
  (async () => {
    const rules = { '@typescript-eslint/no-floating-promises': 'off', '@typescript-eslint/return-await': 'off' };
    const withoutTypes = { parserOptions: { project: null }, rules };
    const eslint = new (await loadESLint({ useFlatConfig: false }))({ overrideConfig: withoutTypes });
    const found = [];
    for (const { file, code } of JSON.parse(require('node:fs').readFileSync(0, 'utf8'))) {
      const [{ messages }] = await eslint.lintText(code + '\\n', { filePath: file });
      found.push(messages.map(({ ruleId, message }) => ruleId ?? message));
    }
    console.log(JSON.stringify(found));
  })();`;

const RESTRICTED = 'import/no-restricted-paths';
const REJECTED = [
  ['the contract imports the construct', 'src/private/contract/routes.ts', "export * from '../strategy';", RESTRICTED],
  ['the construct imports a handler', 'src/private/strategy.ts', "export * from '../handlers/shared/json';", RESTRICTED],
  ['a public class imports a handler', 'src/image-model.ts', "export * from './handlers/shared/json';", RESTRICTED],
  ['a handler imports the construct', 'src/handlers/shared/json.ts', "export * from '../../private/strategy';", RESTRICTED],
  ['a handler imports a public class', 'src/handlers/shared/json.ts', "export * from '../../image-model';", RESTRICTED],
  ['HTTP imports an adapter', 'src/handlers/http/owner.ts', "export * from '../adapters/dynamodb/table';", RESTRICTED],
  ['a job imports HTTP', 'src/handlers/jobs/process-job.ts', "export * from '../http/owner';", RESTRICTED],
  ['generation imports a model', 'src/handlers/generation/retry.ts', "export * from '../models/bedrock';", RESTRICTED],
  ['generation imports a type of requests', 'src/handlers/generation/retry.ts', "export type * from '../requests/parse-generate';", RESTRICTED],
  ['generation imports the AWS SDK', 'src/handlers/generation/retry.ts', "export * from '@aws-sdk/client-s3';", 'no-restricted-imports'],
  ['the page imports the construct', 'src/playground/main.tsx', "export * from '../private/strategy';", RESTRICTED],
  ['the page imports a handler', 'src/playground/main.tsx', "export * from '../handlers/shared/json';", RESTRICTED],
  ['a public class imports the page', 'src/image-model.ts', "export * from './playground/parts/icon-paths';", RESTRICTED],
  ['the construct imports the page', 'src/private/strategy.ts', "export * from '../playground/parts/icon-paths';", RESTRICTED],
  ['a handler imports the page', 'src/handlers/shared/json.ts', "export * from '../../playground/parts/icon-paths';", RESTRICTED],
  ['a type is imported as a value', 'src/handlers/generation/retry.ts',
    "import { ImageSlot } from './types';\n\nexport type Slot = ImageSlot;", '@typescript-eslint/consistent-type-imports'],
] as const;
const ACCEPTED = [
  ['an adapter imports the AWS SDK', 'src/handlers/adapters/s3/s3-image-store.ts', "export * from '@aws-sdk/client-s3';"],
  ['the page imports the contract', 'src/playground/main.tsx', "export * from '../private/contract/playground';"],
  ['HTTP imports jobs', 'src/handlers/http/owner.ts', "export * from '../jobs/job';"],
] as const;

describe('the linter', () => {
  let rules: string[][];
  beforeAll(() => {
    const input = JSON.stringify([...REJECTED, ...ACCEPTED].map(([, file, code]) => ({ file, code })));
    const { stdout, stderr } = spawnSync(process.execPath, ['-e', LINT], { input, encoding: 'utf8', env: { PATH: process.env.PATH } });
    if (stdout === '') throw new Error(stderr);
    rules = JSON.parse(stdout);
  }, 300_000);

  it.each(REJECTED.map(([title, , , rule], index) => ({ title, rule, index })))('fails when $title', ({ rule, index }) => {
    expect(rules[index]).toContain(rule);
  });

  it.each(ACCEPTED.map(([title], index) => ({ title, index })))('accepts that $title', ({ index }) => {
    expect(rules[REJECTED.length + index]).toEqual([]);
  });
});

describe('the script import-cycles', () => {
  const importCycles = (files: Readonly<Record<string, string>>) => {
    const folder = temporaryFolder();
    writeFiles(folder, files);
    return spawnSync('npx', ['tsx', 'projenrc/scripts/import-cycles.ts', folder], { encoding: 'utf8' });
  };

  it.each([
    ['values', "import { Queue } from './queue';"],
    ['types', "import type { Queue } from './queue';"],
  ])('fails when %s import each other', (_, code) => {
    const { status, stderr } = importCycles({ 'job.ts': code, 'queue.ts': "import { type Job } from './job';" });
    expect(stderr).toMatch(/import cycle: \S+job\.ts -> \S+queue\.ts -> \S+job\.ts/);
    expect(status).toBe(1);
  }, 30_000);

  it('fails when components import each other', () => {
    const { status } = importCycles({ 'tile.tsx': "import { Run } from './run';", 'run.tsx': "import { Tile } from './tile';" });
    expect(status).toBe(1);
  }, 30_000);

  it('accepts files that import in one direction', () => {
    expect(importCycles({ 'job.ts': "import type { Queue } from './queue';", 'queue.ts': 'export {};' })).toMatchObject({
      status: 0, stdout: '2 files, 0 import cycles\n',
    });
  }, 30_000);
});
