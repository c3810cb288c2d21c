import { Token } from 'aws-cdk-lib';
import { numberInRange } from './rules';
import { closest } from './suggestions';

/**
 * Types of the values of props and options. TypeScript and jsii check them in other languages; JavaScript, `any` and unset environment
 * variables pass values that would otherwise end in a TypeError far away from the call.
 *
 * A type returns the problems of a value. Tokens are accepted where their values are only used at deployment.
 */
export type ValueType = (name: string, value: unknown) => string[];

export const text: ValueType = (name, value) => (
  typeof value === 'string' ? [] : wrong(name, value, 'a string', typeof value === 'number' && `write '${value}'`));

export const number: ValueType = (name, value) => {
  if (typeof value === 'number' && Number.isFinite(value)) return [];
  if (Number.isNaN(value)) return [`'${name}' is NaN; is an environment variable missing?`];
  return wrong(name, value, 'a number', typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)) && `write ${value}`);
};

/** A number from a minimum on. */
export function numberFrom(min: number, integer = false): ValueType {
  return (name, value) => {
    const problems = number(name, value);
    return problems.length > 0 ? problems : numberInRange(name, value as number, { min, integer });
  };
}

/** A price in US dollars. */
export const price: ValueType = numberFrom(0);

export const flag: ValueType = (name, value) => (
  typeof value === 'boolean' ? [] : wrong(name, value, 'true or false', (value === 'true' || value === 'false') && `write ${value}`));

export const duration: ValueType = (name, value) => {
  if (has(value, 'toMilliseconds') && has(value, 'isUnresolved')) return [];
  return wrong(name, value, 'a Duration', typeof value === 'number' ? `write Duration.seconds(${value})` : 'for example Duration.minutes(5)');
};

/** @param of what the list contains, for example `strings` */
export function listOf(type: ValueType, of: string): ValueType {
  return (name, value) => {
    if (!Array.isArray(value)) return wrong(name, value, `a list of ${of}`, ['string', 'number'].includes(typeof value) && `write [${shown(value)}]`);
    // the rules report a list whose length is only known at deployment
    return Token.isUnresolved(value) ? [] : Array.from(value).flatMap((item, index) => type(`${name}[${index}]`, item));
  };
}

/** A map from strings to values of one type. */
export function mapOf(type: ValueType, of: string): ValueType {
  return (name, value) => (isPlain(value)
    ? Object.entries(value).flatMap(([key, item]) => type(`${name}.${key}`, item))
    : wrong(name, value, `an object with ${of}`));
}

/** An instance of a class of this package, also of another copy of the package. */
export function instanceOf({ name: className, prototype }: { readonly name: string; readonly prototype: object }, remedy: string): ValueType {
  return (name, value) => {
    const isInstance = prototypesOf(value).some((each) => each === prototype || classNameOf(each) === className);
    return isInstance ? [] : wrong(name, value, `an ${className}`.replace(/^an (?=[^AEIOU])/, 'a '), remedy);
  };
}

/** A construct or an imported resource, which has a certain property. */
export function resource(what: string, property: string, remedy: string): ValueType {
  return (name, value) => (has(value, property) ? [] : wrong(name, value, what, remedy));
}

/** A member of an enum. */
export function memberOf(enumName: string, members: Readonly<Record<string, string | number>>): ValueType {
  // enums of numbers also map numbers to names
  const names = Object.keys(members).filter((key) => Number.isNaN(Number(key)));
  return (name, value) => {
    if (Token.isUnresolved(value) || names.some((key) => members[key] === value)) return [];
    const similar = typeof value === 'string' ? closest(value.replace(/[ -]/g, '_'), names) : undefined;
    return wrong(name, value, `a member of ${enumName}`, similar ? `write ${enumName}.${similar}` : `for example ${names.slice(0, 6).map((each) => `${enumName}.${each}`).join(', ')}`);
  };
}

/** A type that is created on first use, as the CDK loads its modules and enums. */
export function lazily(create: () => ValueType): ValueType {
  return (name, value) => create()(name, value);
}

/** An object of options. All are optional, except the required ones. */
export function optionsOf(types: Readonly<Record<string, ValueType>>, required: readonly string[] = []): ValueType {
  return (name, value) => {
    if (!isPlain(value)) return wrong(name || 'options', value, 'an object');
    const prefix = name === '' ? '' : `${name}.`;
    return [
      ...misspelledOptions(value, Object.keys(types), { shortened: true }).map(({ given, known }) => `'${prefix}${given}' does not exist; write '${known}'`),
      ...Object.entries(types).flatMap(([key, type]) => (value[key] === undefined && !required.includes(key) ? [] : type(`${prefix}${key}`, value[key]))),
    ];
  };
}

const MIN_SHORTENED_LENGTH = 6;

/**
 * Returns options that do not exist, but are almost named like an option. Others can belong to an interface that extends the options.
 *
 * @param shortened whether a part of the name of an option is meant to be it, such as `dailyBudget` instead of `dailyBudgetUsd`
 */
export function misspelledOptions(
  value: object, known: readonly string[], { shortened = false } = {},
): { readonly given: string; readonly known: string }[] {
  return Object.entries(value).flatMap(([given, item]) => {
    if (item === undefined || known.includes(given)) return [];
    const similar = closest(given, known.filter((name) => Math.abs(name.length - given.length) <= 2));
    const isPart = shortened && given.length >= MIN_SHORTENED_LENGTH;
    const meant = similar ?? (isPart ? known.find((name) => name.toLowerCase().includes(given.toLowerCase())) : undefined);
    return meant === undefined ? [] : [{ given, known: meant }];
  });
}

/**
 * Throws if the arguments of a factory or method have wrong types.
 *
 * @param call the call in the user's code, for example `ApiAuth.jwt()`
 */
export function checkArguments(call: string, ...problems: string[][]): void {
  const all = problems.flat();
  if (all.length > 0) throw new Error(`${call} has invalid arguments:\n${all.map((problem) => `- ${problem}`).join('\n')}`);
}

function wrong(name: string, value: unknown, expected: string, remedy?: string | false): string[] {
  if (value === undefined) return [`'${name}' is undefined; is an environment variable missing?`];
  const hint = value === null ? 'omit it for the default' : remedy;
  return [`'${name}' must be ${expected}, got ${shown(value)}${hint ? `; ${hint}` : ''}`];
}

function shown(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'function') return `the function or class '${value.name}'`;
  if (typeof value !== 'object' || value === null) return String(value);
  const className = classNameOf(value);
  return className === undefined || className === 'Object' ? 'an object' : `an instance of ${className}`;
}

function prototypesOf(value: unknown): object[] {
  const prototypes: object[] = [];
  if (typeof value !== 'object' || value === null) return prototypes;
  const prototypeOf = (each: object) => Object.getPrototypeOf(each) as object | null;
  for (let each = prototypeOf(value); each !== null; each = prototypeOf(each)) prototypes.push(each);
  return prototypes;
}

function classNameOf(value: object): string | undefined {
  return (value as { readonly constructor?: { readonly name?: string } }).constructor?.name;
}

function has(value: unknown, property: string): boolean {
  return typeof value === 'object' && value !== null && property in value;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
