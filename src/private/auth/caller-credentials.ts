import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as cognito from 'aws-cdk-lib/aws-cognito';
import { type ApiAuthBinding } from '../../api-auth-binding';

/** What callers of an API send. */
export type CallerCredentials =
  | { readonly type: 'none' | 'iam' | 'apiKey' | 'bearer' }
  | { readonly type: 'headers'; readonly headers: readonly string[] }
  | UserPoolCredentials;

/** Tokens of the users of a user pool: access tokens if the API has scopes, otherwise ID tokens. */
export interface UserPoolCredentials {
  readonly type: 'userPool';
  readonly userPool: cognito.IUserPool;
  /** App clients whose tokens the API accepts. Undefined for all. */
  readonly userPoolClients?: readonly cognito.IUserPoolClient[];
  readonly scopes?: readonly string[];
}

/** Derives the credentials of callers from the protection of methods, for example of a subclass of `ApiAuth`. */
export function credentialsOf({ methodOptions, credentialHeaders }: ApiAuthBinding): CallerCredentials {
  const { apiKeyRequired = false, authorizer } = methodOptions;
  const type = methodOptions.authorizationType ?? authorizer?.authorizationType ?? apigateway.AuthorizationType.NONE;
  if (type === apigateway.AuthorizationType.IAM) return { type: 'iam' };
  if (type === apigateway.AuthorizationType.NONE && !credentialHeaders) return { type: apiKeyRequired ? 'apiKey' : 'none' };
  const headers = credentialHeaders ?? ['Authorization'];
  const hasKey = headers.some((name) => name.toLowerCase() === 'x-api-key');
  return { type: 'headers', headers: apiKeyRequired && !hasKey ? ['x-api-key', ...headers] : headers };
}
