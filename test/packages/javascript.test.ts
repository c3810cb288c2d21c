import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as ts from 'typescript';
import { artifact, ROOT, run, synthesize, typesOf } from './tarball';

describe('the npm package', () => {
  const files = run('tar', ['-tzf', artifact('js', '.tgz')], ROOT).trim().split('\n').map((name) => name.replace(/^package\//, ''));

  it('holds the compiled library, the bundled handlers with their licences, and what Construct Hub reads', () => {
    expect(files).toEqual(expect.arrayContaining([
      'lib/index.js', 'lib/index.d.ts', 'assets/api/index.mjs', 'assets/api/THIRD-PARTY-LICENSES.txt', '.jsii', 'LICENSE', 'README.md', 'API.md', 'package.json',
    ]));
  });

  it('holds no sources, tests, examples or source maps', () => {
    expect(files.filter((name) => /^(src|test|examples|projenrc|docs|coverage|dist|\.local)\/|\.map$|\.test\.|(?<!\.d)\.ts$/.test(name))).toEqual([]);
    const text = run('tar', ['-xzOf', artifact('js', '.tgz'), '--wildcards', 'package/lib/*.js', 'package/assets/*'], ROOT);
    expect(text).not.toContain('sourceMappingURL');
    expect(text).not.toContain(ROOT);
  });

  it('has no runtime dependency', () => {
    const { dependencies, bundledDependencies } = JSON.parse(run('tar', ['-xzOf', artifact('js', '.tgz'), 'package/package.json'], ROOT));
    expect({ ...dependencies, ...bundledDependencies }).toEqual({});
  });
});

describe('in a new folder, with the newest CDK and nothing else', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk-genai-image-api-'));
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  it('synthesizes the README\'s example without esbuild and without Docker', () => {
    const snippet = /```ts\n([^`]*new App\(\)[^`]*)```/.exec(fs.readFileSync(path.join(ROOT, 'README.md'), 'utf8'));
    expect(snippet).not.toBeNull();
    run('npm', ['init', '--yes'], folder);
    run('npm', ['install', '--no-audit', '--no-fund', 'aws-cdk-lib@latest', 'constructs@latest', artifact('js', '.tgz')], folder);
    const script = ts.transpileModule(snippet![1], { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } });
    fs.writeFileSync(path.join(folder, 'app.js'), script.outputText);
    fs.writeFileSync(path.join(folder, 'cdk.json'), JSON.stringify({ app: `"${process.execPath}" app.js` }));

    const called = path.join(folder, 'called');
    for (const tool of ['docker', 'esbuild', 'npx', 'npm']) {
      fs.mkdirSync(path.join(folder, 'bin'), { recursive: true });
      fs.writeFileSync(path.join(folder, 'bin', tool), `#!/bin/sh\necho ${tool} >> '${called}'; exit 1\n`, { mode: 0o755 });
    }

    const stack = synthesize(folder, 'Images', { ...process.env, PATH: `${folder}/bin:${process.env.PATH}` });

    expect(fs.existsSync(called)).toBe(false);
    expect(fs.existsSync(path.join(folder, 'node_modules', 'esbuild'))).toBe(false);
    expect(typesOf(stack)).toEqual(expect.arrayContaining(['AWS::ApiGateway::RestApi', 'AWS::Lambda::Function', 'AWS::S3::Bucket', 'AWS::DynamoDB::Table']));
    expect(stack.outputs).toHaveProperty('ImagesUrl');
  });
});

describe('examples/quickstart and examples/iam', () => {
  it.each([['quickstart', 'Quickstart', 2], ['iam', 'Iam', 0]])('%s synthesizes from the packed tarball', (name, stackName, keys) => {
    const unpacked = path.join(ROOT, 'examples', 'node_modules', 'cdk-genai-image-api');
    fs.rmSync(unpacked, { recursive: true, force: true });
    fs.mkdirSync(unpacked, { recursive: true });
    run('tar', ['-xzf', artifact('js', '.tgz'), '--strip-components=1', '-C', unpacked], ROOT);
    const stack = synthesize(path.join(ROOT, 'examples', name), stackName);
    expect(typesOf(stack).filter((type) => type === 'AWS::ApiGateway::ApiKey')).toHaveLength(keys);
    expect(stack.outputs).toHaveProperty('ImagesUrl');
  });
});
