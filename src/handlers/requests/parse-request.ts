import type { HandlerContext } from './context';
import { parseEdit } from './parse-edit';
import { parseGenerate } from './parse-generate';
import type { ParsedRequest } from './parsed-request';
import type { JsonObject } from '../../private/contract/json-object';

const PARSERS = { 'POST /images': parseGenerate, 'POST /images/edits': parseEdit } as const;

/** The route and the body of a request for images. */
export interface ImageRequest {
  readonly route: keyof typeof PARSERS;
  readonly data: JsonObject;
}

/** Parses a request for images with the parser of its route. */
export function parseRequest({ route, data }: ImageRequest, context: HandlerContext): ParsedRequest {
  return PARSERS[route](data, context);
}
