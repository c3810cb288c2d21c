import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { bearerToken } from './lambda-authorizer';
import { OPENAI_ROUTES } from '../../private/contract/routes';
import { lowerCaseNames } from '../shared/headers';

/** Maximum length of an API key in API Gateway. */
const KEY_MAX_LENGTH = 128;

/**
 * Returns the API key of a request: the bearer token on the OpenAI routes, `X-Api-Key` on others. API Gateway caches results by the
 * same header. A key from another header would be cached for other callers.
 */
export function apiKeyOf({ headers, httpMethod, resource }: APIGatewayRequestAuthorizerEvent): string | undefined {
  const isOpenAi = OPENAI_ROUTES.some(({ method, path }) => method === httpMethod && path === resource);
  const key = isOpenAi ? bearerToken(headers) : lowerCaseNames(headers ?? {})['x-api-key'];
  return key && key.length <= KEY_MAX_LENGTH ? key : undefined;
}
