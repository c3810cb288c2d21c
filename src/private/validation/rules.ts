import { Duration, Token } from 'aws-cdk-lib';
import { areKnownToDiffer } from './environments';

/**
 * Rules for the values of props. Each returns a list of problems in terms of the props, so that a construct can report all
 * problems in one error. Values only known at deployment (tokens) are accepted.
 */

export interface NumberRange {
  readonly min: number;
  readonly max?: number;
  readonly integer?: boolean;
}

export function numberInRange(name: string, value: number | undefined, range: NumberRange): string[] {
  if (value === undefined || Token.isUnresolved(value)) return [];
  const { min, max = Infinity, integer } = range;
  if (value >= min && value <= max && (!integer || Number.isInteger(value))) return [];
  const kind = integer ? 'a whole number' : 'a number';
  const bounds = max === Infinity ? `of at least ${min}` : `from ${min} to ${max}`;
  return [`'${name}' must be ${kind} ${bounds}, got ${value}`];
}

export function positive(name: string, value: number | undefined): string[] {
  if (value === undefined || Token.isUnresolved(value) || value > 0) return [];
  return [`'${name}' must be greater than 0, got ${value}`];
}

export interface DurationRange {
  readonly min: Duration;
  readonly max: Duration;
  /** What to do instead; follows the bounds in the message. */
  readonly remedy?: string;
}

export function durationInRange(name: string, value: Duration | undefined, { min, max, remedy }: DurationRange): string[] {
  if (value === undefined || value.isUnresolved()) return [];
  const milliseconds = value.toMilliseconds();
  if (milliseconds >= min.toMilliseconds() && milliseconds <= max.toMilliseconds()) return [];
  const bounds = `between ${min.toHumanString()} and ${max.toHumanString()}`;
  return [`'${name}' must be ${bounds}, got ${value.toHumanString()}${remedy ? `; ${remedy}` : ''}`];
}

export function wholeUnits(name: string, value: Duration | undefined, unit: Duration, unitName: string): string[] {
  if (value === undefined) return [];
  if (value.isUnresolved()) return tokenUnit(name, value, unitName);
  if (value.toMilliseconds() % unit.toMilliseconds() === 0) return [];
  return [`'${name}' must be whole ${unitName}, got ${value.toHumanString()}`];
}

/** The CDK cannot convert a token to another unit. */
function tokenUnit(name: string, value: Duration, unitName: string): string[] {
  const given = value.unitLabel();
  if (given === unitName) return [];
  return [`'${name}' must be Duration.${unitName}(token) for a value that is only known at deployment, because it cannot be converted, got Duration.${given}(token)`];
}

/** For values that the construct computes with, or that decide which resources it creates. */
export function knownAtSynthesis(name: string, isUnknown: boolean, reason: string): string[] {
  return isUnknown ? [`'${name}' must be known at synthesis, got a value only known at deployment; ${reason}`] : [];
}

/** For durations that AWS takes in whole seconds. */
export function secondsInRange(name: string, value: Duration | undefined, range: DurationRange): string[] {
  return [...durationInRange(name, value, range), ...wholeUnits(name, value, Duration.seconds(1), 'seconds')];
}

/** The value of the header `Origin`: scheme, host and port. */
const ORIGIN = /^[a-z][a-z0-9+.-]*:\/\/([a-z0-9-]+(\.[a-z0-9-]+)*|\[[0-9a-f:]+\])(:[0-9]{1,5})?$/;

/** The problem of a list that is a token. Its items can be tokens. */
export function unknownLength(name: string): string {
  return `'${name}' must be a list whose length is known at synthesis; pass tokens as items of the list`;
}

export function origins(name: string, values: readonly string[] | undefined): string[] {
  if (values === undefined) return [];
  if (Token.isUnresolved(values)) return [unknownLength(name)];
  const literal = values.filter((value) => !Token.isUnresolved(value));
  const problems = literal.flatMap((value) => originProblem(name, value));
  problems.push(...unique(name, literal, 'origin'));
  if (literal.includes('*') && values.length > 1) problems.push(`'${name}' must contain '*' alone or single origins, got both`);
  return problems;
}

function originProblem(name: string, value: string): string[] {
  const normalized = webOrigin(value);
  if (value === '*' || (ORIGIN.test(value) && (normalized === undefined || normalized === value))) return [];
  const suggestion = normalized !== undefined && ORIGIN.test(normalized) ? normalized : undefined;
  const remedy = suggestion ? `write '${suggestion}'` : "write scheme://host[:port] in lower case, one entry per origin, or '*' alone";
  return [`'${name}' must contain origins as browsers send them, got '${value}'; ${remedy}`];
}

/** Returns the origin of an http(s) URL. Browsers omit default ports and lower-case hosts. */
function webOrigin(value: string): string | undefined {
  if (!/^https?:\/\//i.test(value) || !URL.canParse(value)) return undefined;
  return new URL(value).origin;
}

const CLIENT_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

/** `subject` begins the message, for example `names in 'auth.clients'`. */
export function clientName(subject: string, value: string): string[] {
  if (Token.isUnresolved(value)) return [`${subject} must be known at synthesis, got a value only known at deployment; the name becomes the owner of images`];
  if (CLIENT_NAME.test(value)) return [];
  return [`${subject} must be 1 to 64 letters, digits, '_' or '-' and start with a letter or digit, got '${value}'`];
}

export function keyVersion(name: string, value: number): string[] {
  return [
    ...knownAtSynthesis(name, Token.isUnresolved(value), 'the version is part of a logical ID'),
    ...numberInRange(name, value, { min: 1, max: 999, integer: true }),
  ];
}

/** Returns the values that a list contains more than once. */
export function repeated(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}

export function unique(name: string, values: readonly string[], kind = 'name'): string[] {
  return repeated(values).map((value) => `'${name}' must contain each ${kind} once, got '${value}' more than once`);
}

/** An S3 key has at most 1,024 bytes; the rest is for the part after the prefix. */
const PREFIX_MAX_LENGTH = 200;
/** The prefix is part of IAM resources, where wildcards and policy variables would grant more. */
const PREFIX = /^[A-Za-z0-9/_.=-]*$/;

export function keyPrefix(name: string, value: string | undefined): string[] {
  if (value === undefined || Token.isUnresolved(value)) return [];
  const problems: string[] = [];
  if (value.startsWith('/')) problems.push(`'${name}' must not start with a slash, got '${value}'`);
  if (value.split('/').includes('..')) problems.push(`'${name}' must not contain '..', got '${value}'`);
  if (!PREFIX.test(value)) problems.push(`'${name}' must consist of letters, digits and / _ . - =, got '${value}'`);
  if (value.length > PREFIX_MAX_LENGTH) problems.push(`'${name}' must have at most ${PREFIX_MAX_LENGTH} characters, got ${value.length}`);
  return problems;
}

/** The handler uses S3 in its own Region. */
export function sameRegion(name: string, region: string, stackRegion: string): string[] {
  if (!areKnownToDiffer(region, stackRegion)) return [];
  return [`'${name}' must be a bucket in the Region of the stack, ${stackRegion}, got one in ${region}`];
}

/** Throws one error that lists all problems of a construct. */
export function throwProblems(construct: string, path: string, problems: readonly string[]): void {
  if (problems.length === 0) return;
  throw new Error(`cannot create ${construct} '${path}':\n${problems.map((problem) => `- ${problem}`).join('\n')}`);
}
