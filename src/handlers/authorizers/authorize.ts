import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { allow, bearerToken, UNAUTHORIZED } from './lambda-authorizer';
import { InvalidTokenError, type TokenVerifier } from './token-verifier';
import { describeCause, type Logger } from '../shared/log';

/** Lets requests with a good token pass, and names the user to whoever comes behind. */
export async function authorize(event: APIGatewayRequestAuthorizerEvent, tokens: TokenVerifier, log: Logger): Promise<APIGatewayAuthorizerResult> {
  const { requestId } = event.requestContext;
  const token = bearerToken(event.headers);
  if (token === undefined) throw new Error(UNAUTHORIZED);
  try {
    const { iss, sub } = await tokens.verify(token);
    return { principalId: 'user', policyDocument: allow(event.methodArn), context: { iss, sub } };
  } catch (error) {
    if (!(error instanceof InvalidTokenError)) {
      log.error('token not checked', { requestId, ...describeCause(error) });
      throw new Error('the token could not be checked', { cause: error });
    }
    log.info('token refused', { requestId, reason: error.message });
    throw new Error(UNAUTHORIZED);
  }
}
