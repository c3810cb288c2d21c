import { type ParameterFact, type ParameterFacts } from './documented-facts';
import { imageViolation } from './image-validation';

export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns all violations of a body with the messages of Bedrock's schema validator. `at` is the JSON pointer of the body. */
export function schemaViolations(facts: ParameterFacts, body: JsonObject, at = '#'): string[] {
  const missing = Object.keys(facts)
    .filter((name) => facts[name].required && !(name in body))
    .map((name) => `${at}: required key [${name}] not found`);
  const invalid = Object.entries(body).flatMap(([name, value]) => {
    if (!Object.hasOwn(facts, name)) return [`${at}: extraneous key [${name}] is not permitted`];
    const violation = parameterViolation(facts[name], value);
    return violation === undefined ? [] : [`${at}/${name}: ${violation}`];
  });
  return [...missing, ...invalid];
}

function parameterViolation(fact: ParameterFact, value: unknown): string | undefined {
  switch (fact.type) {
    case 'string': return textViolation(fact, value);
    case 'enum': return choiceViolation(fact, value);
    case 'int': return numberViolation(fact, value, 'Integer');
    case 'float': return numberViolation(fact, value, 'Number');
    case 'base64': return typeof value === 'string' ? imageViolation(fact, value) : wrongType('String', value);
    case 'string[]': return listViolation(fact, value);
  }
}

function textViolation(fact: ParameterFact, value: unknown): string | undefined {
  if (typeof value !== 'string') return wrongType('String', value);
  // counts characters, not UTF-16 code units
  const length = Array.from(value).length;
  // the documentation says "0-10,000 characters" for prompts, but a required prompt must not be empty
  const min = fact.required ? Math.max(1, fact.min ?? 0) : fact.min ?? 0;
  if (length < min) return `expected minLength: ${min}, actual: ${length}`;
  if (fact.max !== undefined && length > fact.max) return `expected maxLength: ${fact.max}, actual: ${length}`;
  return undefined;
}

function choiceViolation(fact: ParameterFact, value: unknown): string | undefined {
  if (typeof value !== 'string') return wrongType('String', value);
  return fact.values?.includes(value) ? undefined : `${value} is not a valid enum value`;
}

function numberViolation(fact: ParameterFact, value: unknown, type: 'Integer' | 'Number'): string | undefined {
  if (typeof value !== 'number' || (type === 'Integer' && !Number.isInteger(value))) return wrongType(type, value);
  if (fact.min !== undefined && value < fact.min) return `${value} is not greater or equal to ${fact.min}`;
  if (fact.max !== undefined && value > fact.max) return `${value} is not less or equal to ${fact.max}`;
  if (fact.multipleOf !== undefined && value % fact.multipleOf !== 0) return `${value} is not a multiple of ${fact.multipleOf}`;
  return undefined;
}

function listViolation(fact: ParameterFact, value: unknown): string | undefined {
  if (!Array.isArray(value) || value.some((item) => typeof item !== 'string')) return wrongType('JSONArray of String', value);
  if (fact.maxItems !== undefined && value.length > fact.maxItems) return `expected maximum item count: ${fact.maxItems}, found: ${value.length}`;
  return undefined;
}

/** Returns the message for a value of the wrong type. */
export function wrongType(expected: string, value: unknown): string {
  return `expected type: ${expected}, found: ${typeName(value)}`;
}

function typeName(value: unknown): string {
  if (value === null) return 'Null';
  if (Array.isArray(value)) return 'JSONArray';
  if (typeof value === 'number') return Number.isInteger(value) ? 'Integer' : 'Double';
  return { string: 'String', boolean: 'Boolean', object: 'JSONObject' }[typeof value as string] ?? typeof value;
}
