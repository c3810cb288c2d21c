/**
 * Reads the configuration that the construct wrote to an environment variable. The construct and the handlers are deployed together, so
 * tests of the construct compare the configuration with its schema, and a cold start does not.
 */
export function loadConfiguration<T>(environment: Readonly<Record<string, string | undefined>>, variable: string): T {
  const json = environment[variable];
  if (json === undefined) throw new Error(`environment variable ${variable} is missing`);
  return JSON.parse(json) as T;
}
