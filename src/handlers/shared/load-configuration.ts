/**
 * Returns the configuration that the construct wrote to an environment variable. A cold start does not validate it: the construct and the
 * handlers are deployed together, and the tests of the construct compare the configuration with its schema.
 */
export function loadConfiguration<T>(environment: Readonly<Record<string, string | undefined>>, variable: string): T {
  const json = environment[variable];
  if (json === undefined) throw new Error(`environment variable ${variable} is missing`);
  return JSON.parse(json) as T;
}
