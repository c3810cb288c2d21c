interface Validator {
  (data: unknown): boolean;
  errors?: null | { readonly instancePath: string; readonly keyword: string }[];
}

/**
 * Reads the configuration that the construct wrote to an environment variable. Throws if it is missing or invalid, so that a broken
 * deployment fails at the cold start.
 */
export function loadConfiguration<T>(environment: Readonly<Record<string, string | undefined>>, variable: string, validate: Validator): T {
  const json = environment[variable];
  if (json === undefined) throw new Error(`environment variable ${variable} is missing`);
  const configuration: unknown = JSON.parse(json);
  if (!validate(configuration)) {
    const errors = (validate.errors ?? []).map(({ instancePath, keyword }) => `${instancePath || '/'} (${keyword})`);
    throw new Error(`environment variable ${variable} is not valid at ${errors.join(', ')}`);
  }
  return configuration as T;
}
