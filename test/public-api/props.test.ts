import * as fs from 'node:fs';
import * as path from 'node:path';
import * as ts from 'typescript';

const FILE = path.join(__dirname, '../../src/genai-image-api-props.ts');

describe('GenAiImageApiProps', () => {
  it('has these props, in this order, and no others', () => {
    const { statements } = ts.createSourceFile(FILE, fs.readFileSync(FILE, 'utf8'), ts.ScriptTarget.Latest, true);
    const [props] = statements.filter(ts.isInterfaceDeclaration);
    expect(props.name.text).toBe('GenAiImageApiProps');
    expect(props.members.map((member) => member.name?.getText())).toEqual([
      'model', 'additionalModels', 'textModel', 'edits', 'auth', 'routes', 'corsOrigins', 'limits', 'delivery', 'presignTtl', 'storage', 'promptPolicy',
      'encryptionKey', 'removalPolicy', 'compute', 'network',
    ]);
  });
});
