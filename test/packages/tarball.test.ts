import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as ts from 'typescript';
import { buildPackage } from '../../local/app/build-package';
import { synthesize } from '../../local/app/synthesize';
import { Steps } from '../../local/cli/steps';
import { REPOSITORY } from '../../local/processes/paths';
import { Processes } from '../../local/processes/processes';
import { linkTargets, readPages } from '../helpers/markdown';
import { temporaryFolder } from '../helpers/temporary-files';

const processes = new Processes();
afterAll(() => processes.stopAll());

/** Runs a command. If it fails, the error contains its output. */
function run(command: string, args: readonly string[], cwd = REPOSITORY): string {
  return execFileSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, stdio: ['ignore', 'pipe', 'pipe'] });
}

let tarball: string;
beforeAll(async () => {
  tarball = (await buildPackage('js', processes, Steps.toLines(() => undefined))).file;
});

describe('the npm package', () => {
  const list = () => run('tar', ['-tzf', tarball]).trim().split('\n').map((name) => name.replace(/^package\//, ''));

  it('contains the compiled library, the bundled handlers with their licenses and the files for Construct Hub', () => {
    expect(list()).toEqual(expect.arrayContaining([
      'lib/index.js', 'lib/index.d.ts', 'assets/api/index.mjs', 'assets/api/THIRD-PARTY-LICENSES.txt',
      'assets/authorizer/index.mjs', 'assets/authorizer/THIRD-PARTY-LICENSES.txt', '.jsii', 'LICENSE', 'README.md', 'API.md', 'package.json',
      'docs/openapi/openapi.json', 'docs/openapi/postman_collection.json', 'docs/getting-started.md', 'docs/decisions/README.md', 'docs/architecture.svg',
      'smoke/smoke.mjs',
    ]));
  });

  it('contains no sources, tests, examples or source maps', () => {
    expect(list().filter((name) => /^(src|test|examples|projenrc|docs\/(images|reports)|coverage|dist|\.local)\/|\.map$|\.test\.|(?<!\.d)\.ts$/.test(name))).toEqual([]);
    const text = run('tar', ['-xzOf', tarball, '--wildcards', 'package/lib/*.js', 'package/assets/*']);
    expect(text).not.toContain('sourceMappingURL');
    expect(text).not.toContain(REPOSITORY);
  });

  it('has no relative link to a file that it does not contain', () => {
    const files = list();
    const pages = readPages(['README.md', 'API.md', 'docs']).filter(({ file }) => files.includes(file));
    const dead = pages.flatMap((page) => linkTargets(page).filter((target) => !/^([a-z]+:|#)/.test(target)).flatMap((target) => {
      const file = path.posix.join(path.posix.dirname(page.file), target.split('#')[0]).replace(/\/$/, '');
      return files.some((each) => each === file || each.startsWith(`${file}/`)) ? [] : `${page.file}: ${target}`;
    }));
    expect(pages.length).toBeGreaterThan(20);
    expect(dead).toEqual([]);
  });

  it('has no runtime dependencies', () => {
    const { dependencies, bundledDependencies } = JSON.parse(run('tar', ['-xzOf', tarball, 'package/package.json'])) as Record<string, object>;
    expect({ ...dependencies, ...bundledDependencies }).toEqual({});
  });
});

describe('a new project with the latest aws-cdk-lib', () => {
  it('synthesizes the app of README.md without esbuild and Docker', async () => {
    const folder = temporaryFolder();
    const snippet = /```ts\n([^`]*new App\(\)[^`]*)```/.exec(fs.readFileSync(path.join(REPOSITORY, 'README.md'), 'utf8'));
    expect(snippet).not.toBeNull();
    run('npm', ['init', '--yes'], folder);
    run('npm', ['install', '--no-audit', '--no-fund', 'aws-cdk-lib@latest', 'constructs@latest', tarball], folder);
    const script = ts.transpileModule(snippet![1], { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } });
    fs.writeFileSync(path.join(folder, 'app.js'), script.outputText);
    fs.writeFileSync(path.join(folder, 'cdk.json'), JSON.stringify({ app: `"${process.execPath}" app.js` }));

    const calledTools = path.join(folder, 'called');
    fs.mkdirSync(path.join(folder, 'bin'));
    for (const tool of ['docker', 'esbuild', 'npx', 'npm']) {
      fs.writeFileSync(path.join(folder, 'bin', tool), `#!/bin/sh\necho ${tool} >> '${calledTools}'; exit 1\n`, { mode: 0o755 });
    }

    const env = { ...process.env, PATH: `${folder}/bin:${process.env.PATH}` };
    const [{ name, template }] = await synthesize(processes, { folder, env }, path.join(folder, 'cdk.out'), { account: '000000000000', region: 'us-east-1' });

    expect(fs.existsSync(calledTools)).toBe(false);
    expect(fs.existsSync(path.join(folder, 'node_modules', 'esbuild'))).toBe(false);
    expect(name).toBe('ImagesStack');
    expect(Object.values(template.Resources).map(({ Type }) => Type)).toEqual(expect.arrayContaining([
      'AWS::ApiGateway::RestApi', 'AWS::Lambda::Function', 'AWS::S3::Bucket', 'AWS::DynamoDB::Table',
    ]));
    expect(template.Outputs).toHaveProperty('ImagesUrl');
  });
});
