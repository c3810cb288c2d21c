import type { ApiType, Assembly, Callable, Docs, Method, OptionalType, Parameter, Property, TypeReference } from './assembly';

/** File with the public API as text, below the root of the repository. */
export const PUBLIC_API_FILE = 'test/__snapshots__/public-api.txt';

/**
 * Renders the public API as text: one line for each type and member, sorted, so that a change of the API is visible in the diff.
 * A line ends with the stability if it differs from that of the package.
 */
export function publicApiText(assembly: Assembly): string {
  const lines = Object.values(assembly.types).flatMap((type) => new TypeText(assembly, type).lines());
  return `${[`# Public API, stability: ${assembly.docs.stability}. \`npm run public-api\` updates this file.`, ...lines.sort(compare)].join('\n')}\n`;
}

/** Compares code points, which do not depend on a locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

class TypeText {
  constructor(private readonly assembly: Assembly, private readonly type: ApiType) {}

  public lines(): string[] {
    const { name, docs, initializer, methods = [], properties = [], members = [] } = this.type;
    return [
      this.line(this.head(), docs),
      ...(initializer ? [this.line(`${name}.constructor${this.parameters(initializer)}`, undefined, initializer.protected && 'protected')] : []),
      ...methods.map((method) => this.method(method)),
      ...properties.map((property) => this.property(property)),
      ...members.map((member) => this.line(`${name}.${member.name}`, member.docs)),
    ];
  }

  private head(): string {
    const { abstract, base, datatype, interfaces = [], kind, name } = this.type;
    const keyword = kind === 'interface' && datatype ? 'struct' : kind;
    const names = interfaces.map((fqn) => this.shortName(fqn)).join(', ');
    const words = [
      ...(abstract && kind === 'class' ? ['abstract'] : []),
      keyword,
      ...(base ? ['extends', this.shortName(base)] : []),
      ...(names ? [kind === 'class' ? 'implements' : 'extends', names] : []),
    ];
    return `${name} (${words.join(' ')})`;
  }

  private method(method: Method): string {
    const returns = method.returns ? this.typeName(method.returns.type) + (method.returns.optional ? ' | undefined' : '') : 'void';
    return this.line(`${this.type.name}.${method.name}${this.parameters(method)}: ${returns}`, method.docs, ...this.modifiers(method));
  }

  private property(property: Property): string {
    const { name, docs, immutable, optional } = property;
    const modifiers = [...this.modifiers(property), ...(immutable ? [] : ['mutable'])];
    return this.line(`${this.type.name}.${name}${optional ? '?' : ''}: ${this.typeName(property.type)}`, docs, ...modifiers);
  }

  private modifiers({ abstract, static: isStatic, protected: isProtected }: Pick<Property, 'abstract' | 'static' | 'protected'>): string[] {
    return [...(isStatic ? ['static'] : []), ...(isProtected ? ['protected'] : []), ...(abstract && this.type.kind === 'class' ? ['abstract'] : [])];
  }

  private parameters({ parameters = [] }: Callable): string {
    return `(${parameters.map((parameter) => this.parameter(parameter)).join(', ')})`;
  }

  private parameter({ name, optional, type, variadic }: Parameter): string {
    return `${variadic ? '...' : ''}${name}${optional ? '?' : ''}: ${this.typeName(type)}${variadic ? '[]' : ''}`;
  }

  private typeName(type: OptionalType['type']): string {
    if ('primitive' in type) return type.primitive;
    if ('fqn' in type) return this.shortName(type.fqn);
    if ('union' in type) return type.union.types.map((each) => this.typeName(each)).join(' | ');
    const element = this.elementName(type.collection.elementtype);
    return type.collection.kind === 'map' ? `{ [name]: ${element} }` : `${element}[]`;
  }

  private elementName(type: TypeReference): string {
    return 'union' in type ? `(${this.typeName(type)})` : this.typeName(type);
  }

  private shortName(fqn: string): string {
    return fqn.startsWith(`${this.assembly.name}.`) ? fqn.slice(this.assembly.name.length + 1) : fqn;
  }

  private line(text: string, docs: Docs = {}, ...modifiers: (string | false | undefined)[]): string {
    const { stability = this.assembly.docs.stability } = docs;
    const tags = [
      ...modifiers.filter(Boolean),
      ...(docs.custom?.attribute === undefined ? [] : ['@attribute']),
      ...(docs.default === undefined ? [] : [`@default ${docs.default.replace(/\s+/g, ' ')}`]),
      ...(stability === this.assembly.docs.stability ? [] : [`@${stability}`]),
    ];
    return [text, ...tags].join('  ');
  }
}
