import type { LegacyFields } from './legacy-fields';
import { SIZE_TARGET, type ConfiguredLegacyRoute } from '../../../private/contract/configuration';
import { firstErrorPerField } from '../../requests/validation-errors';
import { ApiError, invalidRequest } from '../../shared/api-error';
import { isAbsent } from '../body/absent-values';

/** Runs a function of the standard routes. Its validation errors are thrown with the field names of the legacy route. */
export async function withLegacyNames<T>(fields: LegacyFields, route: ConfiguredLegacyRoute, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof ApiError) || !error.fieldErrors) throw error;
    throw invalidRequest(firstErrorPerField(error.fieldErrors.map(({ pointer, detail }) => ({
      pointer: legacyPointer(pointer, fields, route),
      detail: detail.replace(OTHER_FIELD, (_, words: string, field: string) => `${words} ${legacyName(field, fields, route) ?? field}`),
    }))));
  }
}

/** Returns the pointer unchanged if the route has no legacy name for the field. */
function legacyPointer(pointer: string, fields: LegacyFields, route: ConfiguredLegacyRoute): string {
  const [, field, ...rest] = pointer.split('/');
  const name = legacyName(field, fields, route);
  return name === undefined ? pointer : [fields.pointerOf(name), ...rest].join('/');
}

/** A second field in an error detail. */
const OTHER_FIELD = /\b(together with|combined with) (\w+)/;

/** Returns the legacy name of a field. If there are several, returns the one in the request. */
function legacyName(target: string, { values }: LegacyFields, { prompt, parameters }: ConfiguredLegacyRoute): string | undefined {
  if (target === 'prompt') return prompt;
  const targets = target === 'width' || target === 'height' ? [target, SIZE_TARGET] : [target];
  const names = Object.keys(parameters).filter((name) => targets.includes(parameters[name]));
  return names.find((name) => !isAbsent(values[name])) ?? names[0];
}
