import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { OPENAI_ROUTES } from '../../../private/contract/routes';
import { allow, bearerToken, UNAUTHORIZED } from '../../authorizers/lambda-authorizer';
import { lowerCaseNames } from '../../http/request';

/** Of API Gateway's keys: a longer one is none. */
const KEY_MAX_LENGTH = 128;

/**
 * Tells API Gateway which API key a request presents; whether it is one, and of whom, is for API Gateway to know. Without state, log and
 * permissions: what it answers follows from the header alone, so that API Gateway may keep it.
 */
export async function handler({ headers, httpMethod, resource, methodArn }: APIGatewayRequestAuthorizerEvent): Promise<APIGatewayAuthorizerResult> {
  // from the header that answers are kept by, or somebody could have a key of his kept for another's
  const usageIdentifierKey = OPENAI_ROUTES.some(({ method, path }) => method === httpMethod && path === resource) ? bearerToken(headers) : lowerCaseNames(headers ?? {})['x-api-key'];
  if (!usageIdentifierKey || usageIdentifierKey.length > KEY_MAX_LENGTH) throw new Error(UNAUTHORIZED);
  return { principalId: 'api-key', policyDocument: allow(methodArn), usageIdentifierKey };
}
