interface Validator {
  (data: unknown): boolean;
  errors?: null | { readonly instancePath: string; readonly keyword: string }[];
}

/** The choices that the construct made. Throws where they are missing or not what the contract says: a broken deployment. */
export function loadDocument<T>(environment: Readonly<Record<string, string | undefined>>, variable: string, validate: Validator): T {
  const json = environment[variable];
  if (json === undefined) throw new Error(`environment variable ${variable} is missing`);
  const document: unknown = JSON.parse(json);
  if (!validate(document)) {
    const places = (validate.errors ?? []).map(({ instancePath, keyword }) => `${instancePath || '/'} (${keyword})`);
    throw new Error(`environment variable ${variable} is not valid at ${places.join(', ')}`);
  }
  return document as T;
}
