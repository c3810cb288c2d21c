import { IGNORED_PARAMETERS_HEADER } from '../../../private/contract/routes';

/** Names come from outside: an answer has to stay small whatever they are. */
const MOST_NAMES = 20;
const LONGEST_NAME = 64;

export interface IgnoredReport {
  readonly headers: Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** What of a request was left out, for programs that read headers and for those that read bodies. */
export function reportIgnored(names: readonly string[]): IgnoredReport {
  if (names.length === 0) return { headers: {}, fields: {} };
  const told = names.slice(0, MOST_NAMES).map((name) => [...name].slice(0, LONGEST_NAME).join(''));
  return { headers: { [IGNORED_PARAMETERS_HEADER]: told.map(inHeader).reduce(fitting) }, fields: { ignoredParameters: told } };
}

/** API Gateway refuses headers of more than 10 KB, and one letter can take 12 bytes. */
const LONGEST_HEADER = 2_000;

function fitting(list: string, name: string): string {
  return list.length + name.length > LONGEST_HEADER ? list : `${list}, ${name}`;
}

/** Headers hold ASCII only, and a comma ends a name. */
function inHeader(name: string): string {
  return encodeURIComponent(name.replace(/\p{Cs}/gu, '?'));
}
