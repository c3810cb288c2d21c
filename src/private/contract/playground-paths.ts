import { PLAYGROUND_PATHS } from './playground';

const { api, images, uploads } = PLAYGROUND_PATHS;

/**
 * Code of the CloudFront function for requests that are not for page files. It removes the first part of the path, which selects the
 * origin. Signed URLs remain valid: their signature covers the rest of the path and the query. The local run executes the same code.
 *
 * The behavior of uploads must allow all methods, because CloudFront has none that allows `POST` without `PUT` and `DELETE`.
 */
export const PLAYGROUND_PATH_FUNCTION = `function handler(event) {
  var request = event.request;
  if (request.uri === '${uploads}') {
    if (request.method !== 'POST') {
      return { statusCode: 405, statusDescription: 'Method Not Allowed', headers: { allow: { value: 'POST' } } };
    }
    request.uri = '/';
  } else {
    request.uri = request.uri.replace(/^(${[api, images].map((path) => path.replace('/', '\\/')).join('|')})(?=\\/)/, '');
  }
  return request;
}
`;
