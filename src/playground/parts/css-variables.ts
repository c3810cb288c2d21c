import { type CSSProperties } from 'preact';

/** Returns custom properties as a style: `{ ratio: 1 }` is `--ratio: 1`. Preact sets them by the CSSOM, which the policy allows. */
export function cssVariables(variables: Readonly<Record<string, string | number>>): CSSProperties {
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [`--${name}`, String(value)])) as CSSProperties;
}
