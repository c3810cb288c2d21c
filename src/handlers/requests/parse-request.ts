import type { HandlerContext } from './context';
import type { ParsedRequest } from './parsed-request';
import type { JsonObject } from '../../private/contract/json-object';

/** Loads the parsers, so that a request loads the schema of its route only. */
const PARSERS = {
  'POST /images': async () => (await import('./parse-generate')).parseGenerate,
  'POST /images/edits': async () => (await import('./parse-edit')).parseEdit,
} as const;

/** The route and the body of a request for images. */
export interface ImageRequest {
  readonly route: keyof typeof PARSERS;
  readonly data: JsonObject;
  /** Set of the requested route, for the metrics of a job. Absent for standard routes. */
  readonly routeSet?: 'legacy';
}

/** Parses a request for images with the parser of its route. */
export async function parseRequest({ route, data }: ImageRequest, context: HandlerContext): Promise<ParsedRequest> {
  const parse = await PARSERS[route]();
  return parse(data, context);
}
