import type { DocumentChecker } from './openapi-checker';

/** Takes the place of `openapi-checker` in mutation tests: each mutant would compile the schemas of the OpenAPI document again. */
export async function checkerFor(): Promise<DocumentChecker | undefined> {
  return undefined;
}

export function expectDocumented(): void {
  // other tests compare responses with the document
}
