import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { allowStage, UNAUTHORIZED } from '../../authorizers/lambda-authorizer';
import { apiKeyOf } from '../../authorizers/request-api-key';

/**
 * Passes the API key of a request to API Gateway, which validates it. The result depends on the header only, so that API Gateway can
 * cache it.
 */
export async function handler(event: APIGatewayRequestAuthorizerEvent): Promise<APIGatewayAuthorizerResult> {
  const key = apiKeyOf(event);
  if (key === undefined) throw new Error(UNAUTHORIZED);
  return { principalId: 'api-key', policyDocument: allowStage(event.methodArn), usageIdentifierKey: key };
}
