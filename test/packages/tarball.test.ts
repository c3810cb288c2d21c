import { execFileSync } from 'node:child_process';
import * as path from 'node:path';
import { buildPackage } from '../../local/app/build-package';
import { Steps } from '../../local/cli/steps';
import { REPOSITORY } from '../../local/processes/paths';
import { Processes } from '../../local/processes/processes';
import { linkTargets, readPages } from '../helpers/markdown';

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
    const pages = readPages(['README.md', 'API.md', 'CONTRIBUTING.md', 'SECURITY.md', 'docs']).filter(({ file }) => files.includes(file));
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
