import * as fs from 'node:fs';
import * as path from 'node:path';

/** The parts of the jsii assembly that describe the public API. jsii writes the assembly to `.jsii` when it compiles the package. */
export interface Assembly {
  readonly name: string;
  readonly docs: Docs;
  readonly types: Readonly<Record<string, ApiType>>;
}

export interface Docs {
  readonly summary?: string;
  readonly example?: string;
  readonly default?: string;
  readonly stability?: string;
  /** Other tags, for example `@attribute`. */
  readonly custom?: Readonly<Record<string, string>>;
}

interface Documented {
  readonly name: string;
  readonly docs?: Docs;
  readonly locationInModule?: { readonly filename: string };
}

export interface ApiType extends Documented {
  readonly fqn: string;
  readonly kind: 'class' | 'interface' | 'enum';
  readonly base?: string;
  readonly interfaces?: readonly string[];
  readonly abstract?: boolean;
  /** Whether an interface is a struct: passed by value, with readonly properties only. */
  readonly datatype?: boolean;
  readonly initializer?: Callable;
  readonly methods?: readonly Method[];
  readonly properties?: readonly Property[];
  /** Members of an enum. */
  readonly members?: readonly Documented[];
}

export interface Callable {
  readonly protected?: boolean;
  readonly parameters?: readonly Parameter[];
}

export interface Method extends Documented, Callable {
  readonly static?: boolean;
  readonly abstract?: boolean;
  readonly returns?: OptionalType;
}

export interface OptionalType {
  readonly type: TypeReference;
  readonly optional?: boolean;
}

export interface Parameter extends Documented, OptionalType {
  readonly variadic?: boolean;
}

export interface Property extends Documented, OptionalType {
  readonly static?: boolean;
  readonly const?: boolean;
  readonly abstract?: boolean;
  readonly immutable?: boolean;
  readonly protected?: boolean;
}

export type TypeReference =
  | { readonly primitive: string }
  | { readonly fqn: string }
  | { readonly collection: { readonly kind: 'array' | 'map'; readonly elementtype: TypeReference } }
  | { readonly union: { readonly types: readonly TypeReference[] } };

/** Reads the assembly of the last compilation. Throws if there is none, or if a public file was changed after it. */
export function readAssembly(root: string): Assembly {
  const file = path.join(root, '.jsii');
  if (!fs.existsSync(file)) throw new Error('.jsii does not exist; run `npx projen compile`');
  const assembly = JSON.parse(fs.readFileSync(file, 'utf8')) as Assembly;
  const compiled = changeTime(file);
  const newer = publicFiles(root, assembly).find((source) => changeTime(path.join(root, source)) > compiled);
  if (newer !== undefined) throw new Error(`.jsii is older than ${newer}; run \`npx projen compile\``);
  return assembly;
}

/** Returns the files of the public API: those in src, and those of base classes that are not exported. */
function publicFiles(root: string, { types }: Assembly): string[] {
  const documented = Object.values(types).flatMap((type) => [type, ...type.methods ?? [], ...type.properties ?? []]);
  const located = documented.flatMap(({ locationInModule }) => locationInModule?.filename ?? []);
  const flat = fs.readdirSync(path.join(root, 'src')).filter((name) => name.endsWith('.ts')).map((name) => `src/${name}`);
  return [...new Set([...flat, ...located])].sort();
}

/** Returns the time of the last change. A deleted file is newer than all others. */
function changeTime(file: string): number {
  return fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
}
