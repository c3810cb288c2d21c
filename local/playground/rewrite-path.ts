import { runInNewContext } from 'node:vm';
import { PLAYGROUND_PATH_FUNCTION } from '../../src/private/contract/playground-paths';

interface Request {
  readonly method: string;
  /** Path without the query. */
  readonly uri: string;
}

interface Response {
  readonly statusCode: number;
  readonly statusDescription: string;
}

/** Runs the CloudFront function. Returns the request for the origin, or a response. */
export function rewritePath(request: Request): Request | Response {
  return runInNewContext(`${PLAYGROUND_PATH_FUNCTION}; handler({ request });`, { request: { ...request } }) as Request | Response;
}
