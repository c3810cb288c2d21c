import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { allowStage, bearerToken, UNAUTHORIZED } from './lambda-authorizer';
import { InvalidTokenError, type TokenVerifier } from './token-verifier';
import { describeCause, type Logger } from '../shared/log';

/** Allows requests with a valid token. Passes issuer and subject of the token to the handler. */
export async function authorize(event: APIGatewayRequestAuthorizerEvent, tokens: TokenVerifier, log: Logger): Promise<APIGatewayAuthorizerResult> {
  const { requestId } = event.requestContext;
  const token = bearerToken(event.headers);
  if (token === undefined) throw new Error(UNAUTHORIZED);
  try {
    const { iss, sub } = await tokens.verify(token);
    return { principalId: 'user', policyDocument: allowStage(event.methodArn), context: { iss, sub } };
  } catch (error) {
    if (!(error instanceof InvalidTokenError)) {
      log.error('token verification failed', { requestId, ...describeCause(error) });
      throw new Error('the token could not be verified', { cause: error });
    }
    log.info('token rejected', { requestId, reason: error.message });
    throw new Error(UNAUTHORIZED);
  }
}
