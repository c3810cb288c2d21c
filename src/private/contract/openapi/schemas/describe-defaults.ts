import { type JsonObject } from '../../json-object';

/** Moves the defaults of fields to their descriptions, because client generators treat a field with `default` as required. */
export function describeDefaults(properties: object): JsonObject {
  return Object.fromEntries(Object.entries(properties).map(([name, field]: [string, JsonObject]) => [name, describeDefault(field)]));
}

function describeDefault({ default: value, description, ...field }: JsonObject): JsonObject {
  return value === undefined ? { ...field, description } : { ...field, description: `${description} Default: ${value}.` };
}
