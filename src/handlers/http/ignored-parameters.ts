import { IGNORED_PARAMETERS_HEADER } from '../../private/contract/routes';

/** The names come from the request, so their number and length in the response are limited. */
const MAX_NAMES = 20;
const MAX_NAME_LENGTH = 64;

export interface IgnoredReport {
  readonly headers: Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Returns the names of ignored parameters as a response header and as a field of the response body. */
export function reportIgnored(names: readonly string[]): IgnoredReport {
  if (names.length === 0) return { headers: {}, fields: {} };
  const reported = names.slice(0, MAX_NAMES).map((name) => [...name].slice(0, MAX_NAME_LENGTH).join(''));
  return { headers: { [IGNORED_PARAMETERS_HEADER]: reported.map(encodeName).reduce(append) }, fields: { ignoredParameters: reported } };
}

/** API Gateway limits headers to 10 KB, and an encoded character has up to 12 bytes. */
const MAX_HEADER_LENGTH = 2_000;

function append(list: string, name: string): string {
  return list.length + name.length > MAX_HEADER_LENGTH ? list : `${list}, ${name}`;
}

/** Headers are ASCII, and the names are separated by commas. */
function encodeName(name: string): string {
  return encodeURIComponent(name.replace(/\p{Cs}/gu, '?'));
}
