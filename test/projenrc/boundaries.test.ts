import { spawnSync } from 'node:child_process';
import { type ESLint, loadESLint } from 'eslint';
import { temporaryFolder, writeFiles } from '../helpers/temporary-files';

let eslint: Pick<ESLint, 'lintText'>;
beforeAll(async () => {
  eslint = new (await loadESLint({ useFlatConfig: false }))();
  // the first file takes longest: the linter compiles the project for the rules that need types
  await rulesBroken('src/index.ts', '');
}, 300_000);

/** Returns the rules that an existing file breaks if it consists of one import. */
async function rulesBroken(file: string, code: string): Promise<(string | null)[]> {
  const [result] = await eslint.lintText(`${code}\n`, { filePath: file });
  return result!.messages.map(({ ruleId, message }) => ruleId ?? message);
}

const RESTRICTED = 'import/no-restricted-paths';

describe('the linter', () => {
  it.each([
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
    ['a type is imported as a value', 'src/handlers/generation/retry.ts',
      "import { ImageSlots } from './image-slots';\n\nexport type Slots = ImageSlots;", '@typescript-eslint/consistent-type-imports'],
  ])('fails when %s', async (_, file, code, rule) => {
    expect(await rulesBroken(file, code)).toContain(rule);
  }, 60_000);

  it.each([
    ['an adapter imports the AWS SDK', 'src/handlers/adapters/s3/s3-image-store.ts', "export * from '@aws-sdk/client-s3';"],
    ['HTTP imports jobs', 'src/handlers/http/owner.ts', "export * from '../jobs/job';"],
  ])('accepts that %s', async (_, file, code) => {
    expect(await rulesBroken(file, code)).toEqual([]);
  }, 60_000);
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

  it('accepts files that import in one direction', () => {
    expect(importCycles({ 'job.ts': "import type { Queue } from './queue';", 'queue.ts': 'export {};' })).toMatchObject({
      status: 0, stdout: '2 files, 0 import cycles\n',
    });
  }, 30_000);
});
