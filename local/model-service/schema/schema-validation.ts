import { ParameterFact, ParameterFacts } from './documented-facts';
import { imageFault } from './image-validation';

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Everything in `body` that contradicts the facts, in the wording of Bedrock's schema validator; `at` is where the body stands. */
export function violations(facts: ParameterFacts, body: JsonObject, at = '#'): string[] {
  const missing = Object.keys(facts)
    .filter((name) => facts[name].required && !(name in body))
    .map((name) => `${at}: required key [${name}] not found`);
  const wrong = Object.entries(body).flatMap(([name, value]) => {
    if (!Object.hasOwn(facts, name)) return [`${at}: extraneous key [${name}] is not permitted`];
    const fault = faultOf(facts[name], value);
    return fault === undefined ? [] : [`${at}/${name}: ${fault}`];
  });
  return [...missing, ...wrong];
}

function faultOf(fact: ParameterFact, value: unknown): string | undefined {
  switch (fact.type) {
    case 'string': return textFault(fact, value);
    case 'enum': return choiceFault(fact, value);
    case 'int': return numberFault(fact, value, 'Integer');
    case 'float': return numberFault(fact, value, 'Number');
    case 'base64': return typeof value === 'string' ? imageFault(fact, value) : wrongType('String', value);
    case 'string[]': return listFault(fact, value);
  }
}

function textFault(fact: ParameterFact, value: unknown): string | undefined {
  if (typeof value !== 'string') return wrongType('String', value);
  // Characters, not UTF-16 units: an emoji counts once
  const length = Array.from(value).length;
  // The documentation prints "0-10,000 characters" for prompts, but what is required cannot be empty
  const min = fact.required ? Math.max(1, fact.min ?? 0) : fact.min ?? 0;
  if (length < min) return `expected minLength: ${min}, actual: ${length}`;
  if (fact.max !== undefined && length > fact.max) return `expected maxLength: ${fact.max}, actual: ${length}`;
  return undefined;
}

function choiceFault(fact: ParameterFact, value: unknown): string | undefined {
  if (typeof value !== 'string') return wrongType('String', value);
  return fact.values?.includes(value) ? undefined : `${value} is not a valid enum value`;
}

function numberFault(fact: ParameterFact, value: unknown, type: 'Integer' | 'Number'): string | undefined {
  if (typeof value !== 'number' || (type === 'Integer' && !Number.isInteger(value))) return wrongType(type, value);
  if (fact.min !== undefined && value < fact.min) return `${value} is not greater or equal to ${fact.min}`;
  if (fact.max !== undefined && value > fact.max) return `${value} is not less or equal to ${fact.max}`;
  if (fact.multipleOf !== undefined && value % fact.multipleOf !== 0) return `${value} is not a multiple of ${fact.multipleOf}`;
  return undefined;
}

function listFault(fact: ParameterFact, value: unknown): string | undefined {
  if (!Array.isArray(value) || value.some((item) => typeof item !== 'string')) return wrongType('JSONArray of String', value);
  if (fact.maxItems !== undefined && value.length > fact.maxItems) return `expected maximum item count: ${fact.maxItems}, found: ${value.length}`;
  return undefined;
}

export function wrongType(expected: string, value: unknown): string {
  return `expected type: ${expected}, found: ${typeName(value)}`;
}

function typeName(value: unknown): string {
  if (value === null) return 'Null';
  if (Array.isArray(value)) return 'JSONArray';
  if (typeof value === 'number') return Number.isInteger(value) ? 'Integer' : 'Double';
  return { string: 'String', boolean: 'Boolean', object: 'JSONObject' }[typeof value as string] ?? typeof value;
}
