import type { APIGatewayAuthorizerResult } from 'aws-lambda';
import { lowerCaseNames } from '../shared/headers';

/** Helpers of both Lambda authorizers. */

/** API Gateway returns 401 if an authorizer throws an error with this message, and 500 for all other errors. */
export const UNAUTHORIZED = 'Unauthorized';

const BEARER = /^Bearer +([^\s]+)$/i;

/** Returns the token of the header `Authorization: Bearer <token>`. */
export function bearerToken(headers: Readonly<Record<string, string | undefined>> | null): string | undefined {
  return BEARER.exec(lowerCaseNames(headers ?? {}).authorization?.trim() ?? '')?.[1];
}

/** Returns a policy that allows all methods of the stage. `methodArn`: arn:aws:execute-api:region:account:api/stage/METHOD/path. */
export function allowStage(methodArn: string): APIGatewayAuthorizerResult['policyDocument'] {
  const [api, stage] = methodArn.split('/');
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: `${api}/${stage}/*` }] };
}
