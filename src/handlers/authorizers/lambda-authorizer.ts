import type { APIGatewayAuthorizerResult } from 'aws-lambda';
import { lowerCaseNames } from '../http/request';

/** What functions that check credentials for API Gateway have in common. */

type Headers = Readonly<Record<string, string | undefined>> | null;

/** API Gateway answers 401 to an error of this text, and 500 to any other. */
export const UNAUTHORIZED = 'Unauthorized';

const BEARER = /^Bearer +([^\s]+)$/i;

/** What stands in `Authorization: Bearer ...`. */
export function bearerToken(headers: Headers): string | undefined {
  return BEARER.exec(lowerCaseNames(headers ?? {}).authorization?.trim() ?? '')?.[1];
}

/** arn:aws:execute-api:region:account:api/stage/METHOD/path: whoever is known may ask for any path of the stage. */
export function allow(methodArn: string): APIGatewayAuthorizerResult['policyDocument'] {
  const [api, stage] = methodArn.split('/');
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: `${api}/${stage}/*` }] };
}
