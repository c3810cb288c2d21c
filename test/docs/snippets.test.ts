import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Block } from '../helpers/markdown';
import { codeBlocks, readPages, ROOT } from '../helpers/markdown';
import { typeErrors } from '../helpers/type-check';

const PAGES = readPages(['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'docs', 'examples']);
const README_LINES = 250;

const blocksOf = (language: string) => PAGES.flatMap((page) => codeBlocks(page, language));

describe('TypeScript snippets', () => {
  const wrong = { at: 'wrong', language: 'ts', code: "import { GenAiImageApi } from 'cdk-genai-image-api';\nnew GenAiImageApi(this, 'Images', { modle: 1 });\nnew Missing();" };
  const { wrong: found, ...errors } = typeErrors([...blocksOf('ts'), ...blocksOf('TypeScript'), wrong]);

  it.each(Object.keys(errors))('%s compiles', (at) => {
    expect(errors[at]).toEqual([]);
  });

  it('with a wrong property or a missing import are reported', () => {
    expect(found).toEqual([expect.stringContaining("'modle' does not exist"), "Cannot find name 'Missing'."]);
  });
});

describe('shell snippets', () => {
  it.each(blocksOf('sh'))('$at has valid syntax', ({ code }) => {
    const { status, stderr } = spawnSync('bash', ['-n'], { input: code, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});

it('shell snippets have no comments, because zsh does not accept comments in pasted commands', () => {
  expect(blocksOf('sh').filter(({ code }) => /(^|\s)#/m.test(code)).map(({ at }) => at)).toEqual([]);
});

describe('JSON snippets', () => {
  it.each(blocksOf('json'))('$at is valid JSON', ({ code }) => {
    expect(JSON.parse(code)).toBeDefined();
  });
});

describe('Python snippets', () => {
  it.each(blocksOf('python'))('$at has valid syntax', ({ code }) => {
    expect(pythonError(code)).toBe('');
  });

  it('the app in README.md is examples/python/app.py', () => {
    const [app] = readme('python');
    expect(app.code).toBe(fs.readFileSync(path.join(ROOT, 'examples/python/app.py'), 'utf8'));
  });
});

it('the Java app in README.md is the app of examples/java', () => {
  const [app] = readme('java');
  expect(app.code).toBe(fs.readFileSync(path.join(ROOT, 'examples/java/src/main/java/com/example/ImagesApp.java'), 'utf8'));
});

describe('XML snippets', () => {
  const open = (code: string) => [...code.matchAll(/<(\w[\w.]*)[^>]*>/g)].map(([, name]) => name).sort();
  const closed = (code: string) => [...code.matchAll(/<\/([\w.]+)>/g)].map(([, name]) => name).sort();

  it.each(blocksOf('xml'))('$at closes each element', ({ code }) => {
    expect(closed(code)).toEqual(open(code));
  });
});

it('every code block names a language that is checked here, or text', () => {
  const fences = PAGES.flatMap(({ file, text }) => [...text.matchAll(/^ *```.*?\n.*?^ *```$/gms)].map(([block]) => `${file}: ${/```(.*)/.exec(block)![1]}`));
  expect(fences.filter((fence) => !/: (ts|TypeScript|sh|json|xml|python|java|text)$/.test(fence))).toEqual([]);
});

it(`README.md has at most ${README_LINES} lines`, () => {
  expect(fs.readFileSync(path.join(ROOT, 'README.md'), 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(README_LINES);
});

describe('the checks of snippets', () => {
  it('report wrong Python', () => {
    expect(pythonError('print(')).toContain('SyntaxError');
  });

  it('find the code and the line of a block', () => {
    const page = { file: 'page.md', text: 'text\n\n- item\n\n  ```sh\n  echo 1\n  ```\n' };
    expect(codeBlocks(page, 'sh')).toEqual([{ at: 'page.md:6', language: 'sh', code: 'echo 1\n' }]);
  });
});

function readme(language: string): Block[] {
  return readPages(['README.md']).flatMap((page) => codeBlocks(page, language));
}

function pythonError(code: string): string {
  return spawnSync('python3', ['-c', 'import ast, sys; ast.parse(sys.stdin.read())'], { input: code, encoding: 'utf8' }).stderr;
}
