/** Returns whether a value counts as absent: clients send fields without a value as null, or as an empty text. */
export function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}
