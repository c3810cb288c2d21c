import * as fs from 'node:fs';
import * as path from 'node:path';
import * as ts from 'typescript';

const ROOT = path.join(__dirname, '../..');
const PAGE = fs.readFileSync(path.join(ROOT, 'docs/threat-model.md'), 'utf8');

const references = [...PAGE.matchAll(/`(test\/[^`]+)`: "([^"]+)"/g)].map(([, file, title]) => ({ file, title }));
const rows = [...PAGE.matchAll(/^\| (API\d+|LLM\d\d) [^|]+\| (?<answer>[^|]+)\|/gm)];

/** Returns the titles of `it()` and `it.each()`. */
function titlesIn(file: string): string[] {
  const titles: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /^it(\.each\b|$)/.test(node.expression.getText())) {
      const [title] = node.arguments;
      if (title && ts.isStringLiteralLike(title)) titles.push(title.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, fs.readFileSync(path.join(ROOT, file), 'utf8'), ts.ScriptTarget.Latest, true));
  return titles;
}

describe('docs/threat-model.md', () => {
  it.each(references)('names an existing test: $file, "$title"', ({ file, title }) => {
    expect(titlesIn(file)).toContain(title);
  });

  it('names all of its tests in this way', () => {
    expect(references.length).toBeGreaterThan(40);
    expect(PAGE.match(/`test\//g)).toHaveLength(references.length);
  });

  it('has an answer to each entry of both lists of OWASP', () => {
    const entries = [...Array.from({ length: 10 }, (_, index) => `API${index + 1}`), ...Array.from({ length: 10 }, (_, index) => `LLM${String(index + 1).padStart(2, '0')}`)];
    expect(rows.map(([, entry]) => entry)).toEqual(entries);
    expect(rows.filter(({ groups }) => groups!.answer.trim().length < 20)).toEqual([]);
  });
});
