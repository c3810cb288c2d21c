import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { lowerCaseNames } from '../http/request';
import { describeCause, type Logger } from '../log';
import { BadToken, type TokenChecker } from './tokens';

/** API Gateway answers 401 to an error of this text, and 500 to any other. */
const UNAUTHORIZED = 'Unauthorized';

/** Lets requests with a good token pass, and names the user to whoever comes behind. */
export async function authorize(event: APIGatewayRequestAuthorizerEvent, tokens: TokenChecker, log: Logger): Promise<APIGatewayAuthorizerResult> {
  const { requestId } = event.requestContext;
  const token = bearerToken(event.headers ?? {});
  if (token === undefined) throw new Error(UNAUTHORIZED);
  try {
    const { iss, sub } = await tokens.check(token);
    return { principalId: 'user', policyDocument: allow(event.methodArn), context: { iss, sub } };
  } catch (error) {
    if (!(error instanceof BadToken)) {
      log.error('token not checked', { requestId, ...describeCause(error) });
      throw new Error('the token could not be checked', { cause: error });
    }
    log.info('token refused', { requestId, reason: error.message });
    throw new Error(UNAUTHORIZED);
  }
}

const BEARER = /^Bearer +([^\s]+)$/i;

function bearerToken(headers: Readonly<Record<string, string | undefined>>): string | undefined {
  return BEARER.exec(lowerCaseNames(headers).authorization?.trim() ?? '')?.[1];
}

/** arn:aws:execute-api:region:account:api/stage/METHOD/path: whoever is known may ask for any path of the stage. */
function allow(methodArn: string): APIGatewayAuthorizerResult['policyDocument'] {
  const [api, stage] = methodArn.split('/');
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: `${api}/${stage}/*` }] };
}
