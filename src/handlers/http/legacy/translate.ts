import type { LegacyFields } from './legacy-fields';
import { SIZE_TARGET, type ConfiguredLegacyRoute } from '../../../private/contract/configuration';
import type { FieldError } from '../../../private/contract/errors';
import type { JsonObject } from '../../../private/contract/json-object';
import { formatValue, type ObjectSchema } from '../../requests/validation-errors';
import { invalidRequest } from '../../shared/api-error';
import { isAbsent } from '../body/absent-values';
import { coerce } from '../body/coerce';

export interface Translation {
  /** By the field names of the standard routes. */
  readonly data: JsonObject;
  /** Legacy names of the fields that have no effect. */
  readonly ignored: readonly string[];
}

/**
 * Translates legacy fields to the fields of a standard route. Ignores unknown fields and fields that the model does not support.
 * `isSupported`: by the field name of the standard route.
 */
export function translate(
  { values, pointerOf }: LegacyFields, { prompt, parameters }: ConfiguredLegacyRoute, { properties }: ObjectSchema,
  isSupported: (target: string) => boolean,
): Translation {
  const targets = new Map([[prompt, 'prompt'], ...Object.entries(parameters)]);
  const sent = Object.entries(values).filter(([name, value]) => name === prompt || !isAbsent(value));
  const used = sent.flatMap(([name, value]): UsedField[] => {
    const target = targets.get(name);
    return target !== undefined && isSupported(target) ? [{ name, target, value }] : [];
  });
  rejectDuplicates(used, pointerOf);
  const promptText = joinedPrompt(used, prompt, pointerOf);
  const others = used.filter(({ target }) => target !== 'prompt').flatMap((field) => translateField(field, properties, pointerOf));
  return {
    data: { ...Object.fromEntries(others), ...(promptText !== undefined && { prompt: promptText }) },
    ignored: sent.flatMap(([name]) => (used.some((field) => field.name === name) ? [] : name)),
  };
}

/** A legacy field and its name on the standard route. */
interface UsedField {
  readonly name: string;
  readonly target: string;
  readonly value: unknown;
}

function rejectDuplicates(used: readonly UsedField[], pointerOf: LegacyFields['pointerOf']): void {
  const fieldErrors = used.flatMap(({ name, target }, index): FieldError[] => {
    const first = used.findIndex((other) => other.target === target);
    return first === index || target === 'prompt' ? [] : [{ pointer: pointerOf(name), detail: `has the same meaning as ${used[first].name}; send only one of them` }];
  });
  if (fieldErrors.length > 0) throw invalidRequest(fieldErrors);
}

/** Returns the prompt, followed by the other fields that map to the prompt. */
function joinedPrompt(used: readonly UsedField[], prompt: string, pointerOf: LegacyFields['pointerOf']): unknown {
  const fields = used.filter(({ target }) => target === 'prompt');
  const main = fields.find(({ name }) => name === prompt)?.value;
  if (typeof main !== 'string' || main.trim() === '') return main;
  const others = fields.filter(({ name, value }) => name !== prompt && !(typeof value === 'string' && value.trim() === ''));
  const invalid = others.filter(({ value }) => typeof value !== 'string');
  if (invalid.length > 0) {
    throw invalidRequest(invalid.map(({ name, value }) => ({ pointer: pointerOf(name), detail: `must be a string, got ${formatValue(value)}` })));
  }
  return [main, ...others.map(({ value }) => value)].join(', ');
}

function translateField({ name, target, value }: UsedField, properties: ObjectSchema['properties'], pointerOf: LegacyFields['pointerOf']): [string, unknown][] {
  if (target !== SIZE_TARGET) return [[target, typeof value === 'string' ? coerce(value, properties[target]) : value]];
  const sides = typeof value === 'string' ? SIZE.exec(value) : null;
  if (!sides) throw invalidRequest([{ pointer: pointerOf(name), detail: `must be a width and a height, for example 1024x768, got ${formatValue(value)}` }]);
  return [['width', Number(sides[1])], ['height', Number(sides[2])]];
}

const SIZE = /^\s*(\d{1,5})\s*[xX×*,]\s*(\d{1,5})\s*$/;
