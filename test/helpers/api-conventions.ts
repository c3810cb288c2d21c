import type { ApiType, Assembly, Method, Parameter, Property, TypeReference } from '../../projenrc/assembly';

/** A rule of the public API. Returns the members that violate it, as `Type.member`. */
export type Convention = (assembly: Assembly) => string[];

type Kind = 'class' | 'interface' | 'struct' | 'enum';

/** The first words of the docstrings of methods. */
const VERBS = [
  'Adds', 'Authenticates', 'Creates', 'Defines', 'Does', 'Grants', 'Imports', 'Names', 'Offers', 'Reads', 'Returns', 'Uses',
];

const PYTHON_KEYWORDS = [
  'and', 'as', 'assert', 'async', 'await', 'break', 'class', 'continue', 'def', 'del', 'elif', 'else', 'except', 'finally', 'for', 'from', 'global', 'if',
  'import', 'in', 'is', 'lambda', 'nonlocal', 'not', 'or', 'pass', 'raise', 'return', 'try', 'while', 'with', 'yield', 'self',
];
const JAVA_KEYWORDS = [
  'abstract', 'boolean', 'byte', 'case', 'catch', 'char', 'const', 'default', 'do', 'double', 'enum', 'extends', 'final', 'float', 'goto', 'implements',
  'instanceof', 'int', 'interface', 'long', 'native', 'new', 'package', 'private', 'protected', 'public', 'short', 'static', 'strictfp', 'super', 'switch',
  'synchronized', 'this', 'throw', 'throws', 'transient', 'void', 'volatile',
];
const KEYWORDS = new Set([...PYTHON_KEYWORDS, ...JAVA_KEYWORDS]);

const UPPER_SNAKE = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/;
const CAMEL = /^[a-z][a-z0-9]*([A-Z][a-z0-9]+)*$/;

/** The rules, by titles of tests. Most are rules of awslint, which the AWS CDK applies to its own modules. */
export const CONVENTIONS: Readonly<Record<string, Convention>> = {
  'classes and static factories have an example': (assembly) => [
    ...typesOf(assembly, 'class').filter(({ docs }) => !docs?.example).map(({ name }) => name),
    ...methods(assembly).filter(({ member }) => member.static && !member.docs?.example).map(({ path }) => path),
  ],

  'optional properties of structs have a default, which is not undefined': (assembly) => properties(assembly, 'struct')
    .filter(({ member }) => member.optional && !/^(?!(- )?(undefined|none\b))\S/.test(member.docs?.default ?? '')).map(({ path }) => path),

  'required properties of structs have no default': (assembly) => properties(assembly, 'struct')
    .filter(({ member }) => !member.optional && member.docs?.default !== undefined).map(({ path }) => path),

  'types and members have a docstring, a sentence that begins with a capital letter': (assembly) => [
    ...Object.values(assembly.types).map((type) => ({ path: type.name, member: type })),
    ...methods(assembly), ...properties(assembly), ...enumMembers(assembly),
  ].filter(({ member }) => !/^[A-Z][^]*\.$/.test(member.docs?.summary ?? '')).map(({ path }) => path),

  'docstrings of methods begin with a verb in the third person': (assembly) => methods(assembly)
    .filter(({ member }) => !VERBS.includes(member.docs?.summary?.split(' ')[0] ?? '')).map(({ path }) => path),

  'docstrings of booleans begin with Whether': (assembly) => properties(assembly)
    .filter(({ member: { docs, type } }) => 'primitive' in type && type.primitive === 'boolean' && !docs?.summary?.startsWith('Whether ')).map(({ path }) => path),

  'texts of interfaces, and of classes that implement them, are attributes': (assembly) => attributes(assembly)
    .filter(({ member }) => member.docs?.custom?.attribute === undefined).map(({ path }) => path),

  'names of members and parameters are in camel case without double capitals': (assembly) => [
    ...methods(assembly), ...properties(assembly).filter(({ member }) => !member.const), ...parameters(assembly),
  ].filter(({ member }) => !CAMEL.test(member.name)).map(({ path }) => path),

  'names of members and parameters are no keywords of Python or Java': (assembly) => [...methods(assembly), ...properties(assembly), ...parameters(assembly)]
    .filter(({ member }) => KEYWORDS.has(member.name)).map(({ path }) => path),

  'enum members and constants are in upper snake case': (assembly) => [...enumMembers(assembly), ...properties(assembly).filter(({ member }) => member.const)]
    .filter(({ member }) => !UPPER_SNAKE.test(member.name)).map(({ path }) => path),

  'no type is any': (assembly) => [
    ...properties(assembly), ...parameters(assembly),
    ...methods(assembly).flatMap(({ path, member: { name, returns } }) => (returns ? [{ path, member: { name, type: returns.type } }] : [])),
  ].filter(({ member }) => isAny(member.type)).map(({ path }) => path),

  'names of interfaces, and no others, begin with I, and do not end like those of structs': (assembly) => Object.values(assembly.types)
    .filter((type) => /^I[A-Z][a-z]/.test(type.name) !== (kindOf(type) === 'interface') || /^I[A-Z].*(Props|Options|Attributes)$/.test(type.name)).map(({ name }) => name),

  'grant methods return a grant, and event methods a rule': (assembly) => methods(assembly).filter(({ member }) => {
    const expected = /^grant[A-Z]/.test(member.name) ? 'aws-cdk-lib.aws_iam.Grant' : /^on[A-Z]/.test(member.name) ? 'aws-cdk-lib.aws_events.Rule' : undefined;
    return expected !== undefined && !(member.returns && 'fqn' in member.returns.type && member.returns.type.fqn === expected);
  }).map(({ path }) => path),

  'import methods have the parameters scope, id and attrs, and return an interface': (assembly) => methods(assembly)
    .filter(({ member: { name, parameters: given = [], returns } }) => /^from[A-Z]/.test(name)
      && (given.map((parameter) => parameter.name).join() !== 'scope,id,attrs' || !isInterface(assembly, returns?.type))).map(({ path }) => path),
};

interface Member<T> {
  readonly path: string;
  readonly member: T;
}

function kindOf({ kind, datatype }: ApiType): Kind {
  return datatype ? 'struct' : kind;
}

function typesOf(assembly: Assembly, ...kinds: Kind[]): ApiType[] {
  return Object.values(assembly.types).filter((type) => kinds.length === 0 || kinds.includes(kindOf(type)));
}

function members<T extends { readonly name: string }>(types: readonly ApiType[], of: (type: ApiType) => readonly T[] | undefined): Member<T>[] {
  return types.flatMap((type) => (of(type) ?? []).map((member) => ({ path: `${type.name}.${member.name}`, member })));
}

function methods(assembly: Assembly): Member<Method>[] {
  return members(typesOf(assembly), (type) => type.methods);
}

function properties(assembly: Assembly, ...kinds: Kind[]): Member<Property>[] {
  return members(typesOf(assembly, ...kinds), (type) => type.properties);
}

function enumMembers(assembly: Assembly): Member<NonNullable<ApiType['members']>[number]>[] {
  return members(typesOf(assembly), (type) => type.members);
}

function parameters(assembly: Assembly): Member<Parameter>[] {
  const constructors = members(typesOf(assembly), ({ initializer }) => (initializer ? [{ ...initializer, name: 'constructor' }] : []));
  return [...methods(assembly), ...constructors].flatMap(({ path, member: { parameters: given = [] } }) =>
    given.map((parameter) => ({ path: `${path}(${parameter.name})`, member: parameter })));
}

/** Returns the text properties of interfaces, also in the classes that implement them. */
function attributes(assembly: Assembly): Member<Property>[] {
  const ofInterfaces = properties(assembly, 'interface').filter(({ member: { type } }) => 'primitive' in type);
  const names = ofInterfaces.map(({ member }) => member.name);
  const classes = typesOf(assembly, 'class').filter(({ interfaces = [] }) => interfaces.some((fqn) => fqn in assembly.types));
  return [...ofInterfaces, ...members(classes, (type) => type.properties?.filter(({ name }) => names.includes(name)))];
}

function isAny(type: TypeReference): boolean {
  if ('primitive' in type) return ['any', 'json'].includes(type.primitive);
  if ('collection' in type) return isAny(type.collection.elementtype);
  return 'union' in type && type.union.types.some(isAny);
}

function isInterface(assembly: Assembly, type: TypeReference | undefined): boolean {
  return type !== undefined && 'fqn' in type && type.fqn in assembly.types && kindOf(assembly.types[type.fqn]) === 'interface';
}
