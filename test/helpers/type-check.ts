import * as fs from 'node:fs';
import * as path from 'node:path';
import * as ts from 'typescript';
import type { Block } from './markdown';
import { ROOT } from './markdown';

const FIXTURE = fs.readFileSync(path.join(ROOT, 'rosetta/default.ts-fixture'), 'utf8');
const PLACEHOLDER = '/// here';
const GLOBAL_MODIFIERS: readonly ts.SyntaxKind[] = [ts.SyntaxKind.DeclareKeyword, ts.SyntaxKind.ExportKeyword];

/** Returns a snippet as a module: its code in the constructor of a stack, as jsii-rosetta compiles it. */
function wrap(code: string): string {
  const source = ts.createSourceFile('snippet.ts', code, ts.ScriptTarget.ES2022, true);
  const isTopLevel = (statement: ts.Statement) => ts.isImportDeclaration(statement)
    || (ts.canHaveModifiers(statement) && (ts.getModifiers(statement) ?? []).some(({ kind }) => GLOBAL_MODIFIERS.includes(kind)));
  const textOf = (statements: readonly ts.Statement[]) => statements.map((statement) => statement.getFullText(source)).join('');
  const top = textOf(source.statements.filter(isTopLevel));
  const body = textOf(source.statements.filter((statement) => !isTopLevel(statement)));
  return `${top}\n${FIXTURE.replace(PLACEHOLDER, () => body)}\nexport {};\n`;
}

/** Type-checks TypeScript snippets in one program, with this package as `cdk-genai-image-api`. Returns the errors by snippet. */
export function typeErrors(blocks: readonly Block[]): Record<string, string[]> {
  const config = ts.readConfigFile(path.join(ROOT, 'tsconfig.dev.json'), (file) => ts.sys.readFile(file));
  const { options } = ts.parseJsonConfigFileContent({ ...config.config as object, include: [], files: [] }, ts.sys, ROOT);
  const files = new Map(blocks.map(({ at, code }) => [path.join(ROOT, `${at.replaceAll(/\W/g, '-')}.snippet.ts`), wrap(code)]));

  const host = ts.createCompilerHost(options);
  const { fileExists, readFile } = host;
  host.fileExists = (file) => files.has(file) || fileExists(file);
  host.readFile = (file) => files.get(file) ?? readFile(file);
  const program = ts.createProgram([...files.keys()], { ...options, noUnusedLocals: false, noUnusedParameters: false }, host);

  return Object.fromEntries([...files.keys()].map((file, index) => {
    const source = program.getSourceFile(file);
    const diagnostics = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return [blocks[index].at, diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))];
  }));
}
