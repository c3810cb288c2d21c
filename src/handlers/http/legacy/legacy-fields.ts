import type { ConfiguredLegacyRoute } from '../../../private/contract/configuration';
import type { JsonObject } from '../../../private/contract/json-object';
import { pointerTo } from '../../requests/validation-errors';
import { isAbsent } from '../body/absent-values';
import { jsonObject, type HttpRequest } from '../request';

/** The fields of a legacy request: those of the JSON body, and query parameters whose field in the body is missing or empty. */
export interface LegacyFields {
  readonly values: JsonObject;
  /** Returns where a field is, for an error: a JSON pointer, or the name of a query parameter. */
  readonly pointerOf: (name: string) => string;
}

/** Reads the fields of a legacy request. */
export function legacyFields(request: HttpRequest, { prompt }: ConfiguredLegacyRoute): LegacyFields {
  const { query } = request;
  const body = request.method === 'POST' ? readBody(request, query[prompt]) : {};
  const isInQuery = (name: string) => Object.hasOwn(query, name) && (!Object.hasOwn(body, name) || isAbsent(body[name]));
  return {
    values: { ...body, ...Object.fromEntries(Object.entries(query).filter(([name]) => isInQuery(name))) },
    pointerOf: (name) => (isInQuery(name) || request.method === 'GET' ? name : pointerTo(name)),
  };
}

/** Ignores a body that is not a JSON object if the prompt is in the query, because these clients also send bodies that are not JSON. */
function readBody(request: HttpRequest, queryPrompt: string | undefined): JsonObject {
  const text = request.bytes.toString('utf8').trim();
  const isObject = text.startsWith('{');
  return text === '' || text === 'null' || (!isObject && !isAbsent(queryPrompt)) ? {} : jsonObject(request);
}
