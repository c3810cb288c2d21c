import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { type Assembly, readAssembly } from '../../projenrc/assembly';
import { PUBLIC_API_FILE, publicApiText } from '../../projenrc/public-api-text';

const ROOT = path.join(__dirname, '../..');

describe('the public API', () => {
  it(`is the one in ${PUBLIC_API_FILE}; if a change is intended, run \`npm run public-api\``, () => {
    expect(publicApiText(readAssembly(ROOT))).toBe(fs.readFileSync(path.join(ROOT, PUBLIC_API_FILE), 'utf8'));
  });
});

describe('the text of a public API', () => {
  const TEXT = { primitive: 'string' };
  const assembly: Assembly = {
    name: 'pkg',
    docs: { stability: 'experimental' },
    types: {
      'pkg.Thing': {
        fqn: 'pkg.Thing',
        kind: 'class',
        name: 'Thing',
        abstract: true,
        base: 'constructs.Construct',
        interfaces: ['pkg.IThing'],
        docs: { stability: 'stable' },
        initializer: { parameters: [{ name: 'props', optional: true, type: { fqn: 'pkg.ThingProps' } }] },
        methods: [
          { name: 'of', static: true, parameters: [{ name: 'names', variadic: true, type: TEXT }], returns: { type: { fqn: 'pkg.Thing' } } },
          { name: 'find', protected: true, abstract: true, returns: { optional: true, type: TEXT } },
          { name: 'old', docs: { stability: 'deprecated' } },
        ],
        properties: [{ name: 'url', immutable: true, type: TEXT, docs: { custom: { attribute: 'true' } } }],
      },
      'pkg.ThingProps': {
        fqn: 'pkg.ThingProps',
        kind: 'interface',
        name: 'ThingProps',
        datatype: true,
        properties: [
          { name: 'names', optional: true, immutable: true, type: { collection: { kind: 'array', elementtype: TEXT } }, docs: { default: '- no\nnames' } },
          { name: 'ages', type: { collection: { kind: 'map', elementtype: { union: { types: [TEXT, { primitive: 'number' }] } } } } },
        ],
      },
      'pkg.Level': { fqn: 'pkg.Level', kind: 'enum', name: 'Level', members: [{ name: 'LOW' }] },
    },
  };

  it('has one line for each type and member, sorted', () => {
    expect(publicApiText(assembly).split('\n').slice(1)).toEqual([
      'Level (enum)',
      'Level.LOW',
      'Thing (abstract class extends constructs.Construct implements IThing)  @stable',
      'Thing.constructor(props?: ThingProps)',
      'Thing.find(): string | undefined  protected  abstract',
      'Thing.of(...names: string[]): Thing  static',
      'Thing.old(): void  @deprecated',
      'Thing.url: string  @attribute',
      'ThingProps (struct)',
      'ThingProps.ages: { [name]: (string | number) }  mutable',
      'ThingProps.names?: string[]  @default - no names',
      '',
    ]);
  });
});

describe('the assembly of the last compilation', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'assembly-'));
  afterAll(() => fs.rmSync(folder, { recursive: true }));
  const write = (file: string, text: string, time: number) => {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), text);
    fs.utimesSync(path.join(folder, file), time, time);
  };
  const member = { name: 'bind', locationInModule: { filename: 'src/private/base.ts' } };
  const assembly = { types: { 'pkg.Thing': { name: 'Thing', methods: [member], locationInModule: { filename: 'src/thing.ts' } } } };

  it('is required', () => {
    expect(() => readAssembly(folder)).toThrow('.jsii does not exist; run `npx projen compile`');
  });

  it('is read if it is newer than all public files', () => {
    write('.jsii', JSON.stringify(assembly), 1000);
    write('src/thing.ts', '', 900);
    write('src/index.ts', '', 900);
    write('src/private/base.ts', '', 900);
    write('src/private/other.ts', '', 1100);
    expect(readAssembly(folder)).toEqual(assembly);
  });

  it.each(['src/thing.ts', 'src/index.ts', 'src/private/base.ts'])('is rejected if %s is newer', (file) => {
    write(file, '', 1100);
    expect(() => readAssembly(folder)).toThrow(`.jsii is older than ${file}; run \`npx projen compile\``);
    write(file, '', 900);
  });

  it('is rejected if a public file was deleted', () => {
    fs.rmSync(path.join(folder, 'src/thing.ts'));
    expect(() => readAssembly(folder)).toThrow('.jsii is older than src/thing.ts; run `npx projen compile`');
  });
});
