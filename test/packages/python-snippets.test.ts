import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { codeBlocks, readPages, ROOT } from '../helpers/markdown';
import { temporaryFolder } from '../helpers/temporary-files';

/** PyPI and Construct Hub show the examples of docstrings as jsii-rosetta renders them. */
interface Snippet {
  readonly at: string;
  readonly code: string;
}

const EXAMPLE = /^ *\* @example\n((?: *\*(?! @|\/).*\n)+)/gm;

function docstringExamples(): Snippet[] {
  const files = fs.readdirSync(path.join(ROOT, 'src')).filter((name) => name.endsWith('.ts')).sort();
  return files.flatMap((file) => [...fs.readFileSync(path.join(ROOT, 'src', file), 'utf8').matchAll(EXAMPLE)].map(([, lines], index) => (
    { at: `src/${file}, example ${index + 1}`, code: lines.replace(/^ *\* ?/gm, '') }
  )));
}

/** Renders all snippets in one run of jsii-rosetta, which separates them again by their headings. */
function toPython(snippets: readonly Snippet[]): Snippet[] {
  const file = path.join(temporaryFolder(), 'snippets.md');
  fs.writeFileSync(file, snippets.map(({ at, code }) => `# ${at}\n\n\`\`\`ts\n${code.trim()}\n\`\`\`\n`).join('\n'));
  const rendered = execFileSync('npx', ['jsii-rosetta', 'markdown', file, '--language', 'python'], { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return [...rendered.matchAll(/^# (.*)\n+```\n([^]*?)^```$/gm)].map(([, at, code]) => ({ at, code }));
}

/** Reports syntax errors, names that nothing defines (`declare const` is rendered as a comment) and keys that are not in the TypeScript snippet. */
const CHECK = `
import ast, builtins, json, re, sys
for snippet in json.load(sys.stdin):
    problems = []
    try:
        tree = ast.parse(snippet["code"])
    except SyntaxError as error:
        print(json.dumps([snippet["at"], [f"SyntaxError: {error}"]]))
        continue
    defined = {"self", *dir(builtins), *re.findall(r"^ *# (\\w+):", snippet["code"], re.M)}
    for node in ast.walk(tree):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            defined.update((alias.asname or alias.name).split(".")[0] for alias in node.names)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            defined.add(node.id)
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            defined.add(node.name)
        elif isinstance(node, ast.arg):
            defined.add(node.arg)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id not in defined:
            problems.append(f"{node.id} is not defined")
        if isinstance(node, ast.Dict):
            problems += [f"the key {key.value} was renamed" for key in node.keys if isinstance(key, ast.Constant) and str(key.value) not in snippet["source"]]
    print(json.dumps([snippet["at"], problems]))
`;

function problemsOf(sources: readonly Snippet[]): Record<string, string[]> {
  const source = new Map(sources.map(({ at, code }) => [at, code]));
  const input = JSON.stringify(toPython(sources).map((snippet) => ({ ...snippet, source: source.get(snippet.at) })));
  const { stdout, stderr } = spawnSync('python3', ['-c', CHECK], { input, encoding: 'utf8' });
  if (stderr) throw new Error(stderr);
  return Object.fromEntries(stdout.trim().split('\n').map((line) => JSON.parse(line) as [string, string[]]));
}

describe('the Python snippets that jsii-rosetta renders', () => {
  const wrong = { at: 'wrong', code: 'const openAi = { fooBar: 1 };\nconst url = `${openAi.url}v1`;' };
  const sources = [...docstringExamples(), wrong];
  const problems = problemsOf(sources);

  it('are those of docstrings', () => {
    expect(Object.keys(problems)).toEqual(sources.map(({ at }) => at));
    expect(sources.length).toBeGreaterThan(30);
  });

  it.each(sources.filter((source) => source !== wrong))('work: $at', ({ at }) => {
    expect(problems[at]).toEqual([]);
  });

  // jsii-rosetta translates `ts`, but not `TypeScript`. The README has the same app in Python beside it
  it('do not replace the TypeScript app of the README', () => {
    const [readme] = readPages(['README.md']);
    expect(codeBlocks(readme, 'ts')).toEqual([]);
    expect(codeBlocks(readme, 'TypeScript').map(({ file }) => file)).toEqual(['app.ts']);
  });

  it('are checked for undefined names and renamed keys', () => {
    expect(problems.wrong).toEqual(['the key foo_bar was renamed', 'openAi is not defined']);
  });
});
