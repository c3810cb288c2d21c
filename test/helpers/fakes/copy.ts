/** DynamoDB rejects numbers that are closer to zero. */
const SMALLEST_NUMBER = 1e-130;

/** Returns a copy without undefined properties, which DynamoDB does not store. Throws for numbers that it rejects. */
export function copy<T>(value: T): T {
  return JSON.parse(JSON.stringify(value, (name, part: unknown) => {
    if (typeof part === 'number' && part !== 0 && Math.abs(part) < SMALLEST_NUMBER) throw new Error(`DynamoDB does not store ${part} as ${name}`);
    return part;
  })) as T;
}
