import * as fs from 'node:fs';
import * as path from 'node:path';
import { anchors, linkTargets, readPages, ROOT } from '../helpers/markdown';

const PAGES = readPages(['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'docs', 'examples']);
const EXTERNAL = /^[a-z][a-z+.-]*:/;
/** Links that also work in package registries are absolute. They are checked like relative ones. */
const REPOSITORY = /^https:\/\/(github\.com\/cdkgenaiimageapi\/cdk-genai-image-api\/(blob|tree)|raw\.githubusercontent\.com\/cdkgenaiimageapi\/cdk-genai-image-api)\/main\//;

/** Returns what is wrong with a link, or undefined. */
function problem(from: string, target: string): string | undefined {
  const [name, anchor] = decodeURI(target).replace(REPOSITORY, '/').split('#');
  const file = name === '' ? from : path.posix.join(name.startsWith('/') ? '' : path.posix.dirname(from), name);
  if (file.startsWith('..')) return `${target} leads out of the repository`;
  if (!fs.existsSync(path.join(ROOT, file))) return `${target} does not exist`;
  if (anchor === undefined) return undefined;
  if (!file.endsWith('.md')) return `${target} has an anchor, but is not a Markdown file`;
  return anchors(fs.readFileSync(path.join(ROOT, file), 'utf8')).has(anchor) ? undefined : `${target}: no heading has this anchor`;
}

it.each(PAGES)('$file links only to files, images and headings that exist', (page) => {
  const relative = linkTargets(page).filter((target) => REPOSITORY.test(target) || !EXTERNAL.test(target));
  expect(relative.flatMap((target) => problem(page.file, target) ?? [])).toEqual([]);
});

it('CONTRIBUTING.md names only files and folders that exist', () => {
  const [{ text }] = readPages(['CONTRIBUTING.md']);
  const paths = [...text.matchAll(/`((?:\.ci|docs|examples|local|projenrc|rosetta|src|test)\b[\w./-]*)`/g)].map(([, file]) => file);
  expect(paths.length).toBeGreaterThan(50);
  expect(paths.filter((file) => !fs.existsSync(path.join(ROOT, file)))).toEqual([]);
});

it('every page in docs is linked from docs/README.md or README.md', () => {
  const linked = ['README.md', 'docs/README.md', 'docs/decisions/README.md'].flatMap((file) =>
    readPages([file]).flatMap((page) => linkTargets(page).map((target) => path.posix.join(path.posix.dirname(file), target.split('#')[0]))));
  const pages = PAGES.map(({ file }) => file).filter((file) => /^docs\/(decisions\/)?[^/]+$/.test(file) && file !== 'docs/README.md');
  expect(pages.filter((file) => !linked.includes(file))).toEqual([]);
});

describe('the check of links', () => {
  it.each([
    ['a file that does not exist', 'docs/nothing.md', 'docs/nothing.md does not exist'],
    ['an anchor that does not exist', 'docs/models.md#nothing', 'docs/models.md#nothing: no heading has this anchor'],
    ['an absolute link to a file that does not exist', 'https://github.com/cdkgenaiimageapi/cdk-genai-image-api/blob/main/docs/nothing.md', 'main/docs/nothing.md does not exist'],
    ['a path outside of the repository', '../elsewhere.md', '../elsewhere.md leads out of the repository'],
  ])('reports %s', (_, target, expected) => {
    expect(problem('README.md', target)).toContain(expected);
  });

  it('finds links, images, HTML images and reference links, but no code', () => {
    const text = '[a](one.md) ![b](two.png "title") <img alt="c" src="three.svg">\n[ref]: four.md\n`[d](five.md)`\n```sh\n[e](six.md)\n```\n';
    expect(linkTargets({ file: 'x.md', text })).toEqual(['one.md', 'two.png', 'four.md', 'three.svg']);
  });

  it('numbers the anchors of equal headings as GitHub does', () => {
    expect([...anchors('# A `B` (c), d\n## Same\n## Same\n')]).toEqual(['a-b-c-d', 'same', 'same-1']);
  });
});
