import * as path from 'node:path';
import { type ApiType, type Assembly, readAssembly } from '../../projenrc/assembly';
import { CONVENTIONS } from '../helpers/api-conventions';

describe('in the public API', () => {
  const assembly = readAssembly(path.join(__dirname, '../..'));

  it('there are types to check', () => expect(Object.keys(assembly.types).length).toBeGreaterThan(30));

  it.each(Object.entries(CONVENTIONS))('%s', (_title, violations) => {
    expect(violations(assembly)).toEqual([]);
  });
});

const NAME = 'pkg';
const DOCS = { summary: 'Does it.', example: 'new It()' };
const TEXT = { primitive: 'string' };
const ANY = { primitive: 'any' };

function assemblyOf(...types: (Partial<ApiType> & Pick<ApiType, 'name'>)[]): Assembly {
  return {
    name: NAME,
    docs: {},
    types: Object.fromEntries(types.map((type) => [`${NAME}.${type.name}`, { fqn: `${NAME}.${type.name}`, kind: 'class', docs: DOCS, ...type }])),
  };
}

const struct = (property: Partial<NonNullable<ApiType['properties']>[number]>) =>
  assemblyOf({ name: 'Options', kind: 'interface', datatype: true, properties: [{ name: 'one', type: TEXT, docs: DOCS, ...property }] });
const method = (changes: Partial<NonNullable<ApiType['methods']>[number]>) => assemblyOf({ name: 'It', methods: [{ name: 'doIt', docs: DOCS, ...changes }] });
const enumMember = (name: string) => assemblyOf({ name: 'Level', kind: 'enum', members: [{ name, docs: DOCS }] });

/** Assemblies that each violate one convention. */
const VIOLATIONS: readonly [keyof typeof CONVENTIONS, Assembly, string][] = [
  ['classes and static factories have an example', assemblyOf({ name: 'It', docs: { summary: 'It.' } }), 'It'],
  ['classes and static factories have an example', method({ static: true, docs: { summary: 'Does it.' } }), 'It.doIt'],
  ['optional properties of structs have a default, which is not undefined', struct({ optional: true }), 'Options.one'],
  ['optional properties of structs have a default, which is not undefined', struct({ optional: true, docs: { default: 'undefined' } }), 'Options.one'],
  ['optional properties of structs have a default, which is not undefined', struct({ optional: true, docs: { default: '- undefined' } }), 'Options.one'],
  ['optional properties of structs have a default, which is not undefined', struct({ optional: true, docs: { default: '- none' } }), 'Options.one'],
  ['required properties of structs have no default', struct({ docs: { default: '1' } }), 'Options.one'],
  ['types and members have a docstring, a sentence that begins with a capital letter', assemblyOf({ name: 'It', docs: {} }), 'It'],
  ['types and members have a docstring, a sentence that begins with a capital letter', struct({ docs: { summary: 'one thing.' } }), 'Options.one'],
  ['types and members have a docstring, a sentence that begins with a capital letter', struct({ docs: { summary: 'One thing' } }), 'Options.one'],
  ['docstrings of methods begin with a verb in the third person', method({ docs: { summary: 'Create it.' } }), 'It.doIt'],
  ['docstrings of booleans begin with Whether', struct({ type: { primitive: 'boolean' }, docs: { summary: 'If it is.' } }), 'Options.one'],
  [
    'texts of interfaces, and of classes that implement them, are attributes',
    assemblyOf({ name: 'IThing', kind: 'interface', properties: [{ name: 'url', type: TEXT, docs: DOCS }] }), 'IThing.url',
  ],
  [
    'texts of interfaces, and of classes that implement them, are attributes',
    assemblyOf(
      { name: 'IThing', kind: 'interface', properties: [{ name: 'url', type: TEXT, docs: { custom: { attribute: 'true' } } }] },
      { name: 'Thing', interfaces: ['pkg.IThing'], properties: [{ name: 'url', type: TEXT, docs: DOCS }, { name: 'other', type: TEXT, docs: DOCS }] },
    ), 'Thing.url',
  ],
  ['names of members and parameters are in camel case without double capitals', struct({ name: 'theURL' }), 'Options.theURL'],
  ['names of members and parameters are in camel case without double capitals', method({ name: 'onDBEvent' }), 'It.onDBEvent'],
  ['names of members and parameters are in camel case without double capitals', method({ parameters: [{ name: 'anID', type: TEXT }] }), 'It.doIt(anID)'],
  ['names of members and parameters are no keywords of Python or Java', struct({ name: 'lambda' }), 'Options.lambda'],
  ['names of members and parameters are no keywords of Python or Java', method({ name: 'default' }), 'It.default'],
  [
    'names of members and parameters are no keywords of Python or Java',
    assemblyOf({ name: 'It', initializer: { parameters: [{ name: 'package', type: TEXT }] } }), 'It.constructor(package)',
  ],
  ['enum members and constants are in upper snake case', enumMember('Low'), 'Level.Low'],
  ['enum members and constants are in upper snake case', assemblyOf({ name: 'It', properties: [{ name: 'first', const: true, type: TEXT }] }), 'It.first'],
  ['no type is any', struct({ type: ANY }), 'Options.one'],
  ['no type is any', struct({ type: { collection: { kind: 'map', elementtype: ANY } } }), 'Options.one'],
  ['no type is any', struct({ type: { union: { types: [TEXT, ANY] } } }), 'Options.one'],
  ['no type is any', method({ returns: { type: ANY } }), 'It.doIt'],
  ['no type is any', method({ parameters: [{ name: 'input', type: ANY }] }), 'It.doIt(input)'],
  ['names of interfaces, and no others, begin with I, and do not end like those of structs', assemblyOf({ name: 'Thing', kind: 'interface' }), 'Thing'],
  ['names of interfaces, and no others, begin with I, and do not end like those of structs', assemblyOf({ name: 'IThing' }), 'IThing'],
  ['names of interfaces, and no others, begin with I, and do not end like those of structs', assemblyOf({ name: 'IThingProps', kind: 'interface' }), 'IThingProps'],
  ['grant methods return a grant, and event methods a rule', method({ name: 'grantRead' }), 'It.grantRead'],
  ['grant methods return a grant, and event methods a rule', method({ name: 'onChange', returns: { type: TEXT } }), 'It.onChange'],
  ['import methods have the parameters scope, id and attrs, and return an interface', method({ name: 'fromArn', parameters: [] }), 'It.fromArn'],
];

describe('the check of a convention', () => {
  it.each(VIOLATIONS.map(([title, assembly, violation]) => ({ title, assembly, violation })))('finds a violation of: $title ($violation)', ({ title, assembly, violation }) => {
    expect(CONVENTIONS[title](assembly)).toEqual([violation]);
  });

  it('is tested for each convention', () => {
    expect(new Set(VIOLATIONS.map(([title]) => title))).toEqual(new Set(Object.keys(CONVENTIONS)));
  });
});
