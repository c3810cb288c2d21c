import * as fs from 'node:fs';
import * as path from 'node:path';
import * as ts from 'typescript';

const SOURCE = path.join(__dirname, '../..', 'src');

/** All exported interfaces of the public files, by name. */
const interfaces = new Map(fs.readdirSync(SOURCE).filter((file) => file.endsWith('.ts')).flatMap((file) => {
  const source = ts.createSourceFile(file, fs.readFileSync(path.join(SOURCE, file), 'utf8'), ts.ScriptTarget.Latest, true);
  return source.statements.filter(ts.isInterfaceDeclaration).map((declaration) => [declaration.name.text, declaration] as const);
}));

const documentation = (member: ts.TypeElement) => ts.getJSDocCommentsAndTags(member).map((node) => node.getText()).join('\n');

describe('GenAiImageApiProps', () => {
  it('are these and no more', () => {
    expect(interfaces.get('GenAiImageApiProps')!.members.map((member) => member.name?.getText())).toEqual([
      'model', 'additionalModels', 'textModel', 'edits', 'auth', 'routes', 'corsOrigins', 'limits', 'delivery', 'presignTtl', 'storage', 'promptPolicy',
      'encryptionKey', 'removalPolicy', 'compute',
    ]);
  });
});

describe('optional props', () => {
  const optional = [...interfaces].filter(([name]) => name.endsWith('Options') && !name.includes('Bind') || name.endsWith('Props'))
    .flatMap(([name, { members }]) => members.filter(({ questionToken }) => questionToken).map((member) => [`${name}.${member.name?.getText()}`, member] as const));

  it('are found', () => expect(optional.length).toBeGreaterThan(25));

  it.each(optional)('%s names its default', (_name, member) => {
    expect(documentation(member)).toMatch(/@default (?!undefined|- none$)\S/m);
  });
});
