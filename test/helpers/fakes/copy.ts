/** Returns a copy without undefined properties, which DynamoDB does not store. */
export function copy<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
