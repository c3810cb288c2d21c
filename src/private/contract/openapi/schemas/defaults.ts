import { Json } from '../types';

/** Fields with their defaults told in words: generators of clients take a field that has a `default` for one that is always there. */
export function defaultsInWords(properties: object): Json {
  return Object.fromEntries(Object.entries(properties).map(([name, field]: [string, Json]) => [name, inWords(field)]));
}

function inWords({ default: value, description, ...field }: Json): Json {
  return value === undefined ? { ...field, description } : { ...field, description: `${description} Default: ${value}.` };
}
