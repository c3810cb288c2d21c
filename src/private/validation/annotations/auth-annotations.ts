import { Annotations } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { type IConstruct } from 'constructs';
import { ANNOTATION_PREFIX } from './annotation-ids';
import { type ApiAuthBinding } from '../../../api-auth-binding';

export function warnUnauthenticated(scope: IConstruct): void {
  Annotations.of(scope).addWarningV2(
    `${ANNOTATION_PREFIX}:authNone`,
    'ApiAuth.none() lets anyone who knows the url generate images at your cost, and anyone who knows the id of an image read it; '
    + 'use ApiAuth.iam() or ApiAuth.apiKey(), or keep limits low',
  );
}

/** Returns why clients that send `Authorization: Bearer` only cannot authenticate. */
export function bearerProblem({ methodOptions, bearerMethodOptions, credentialHeaders }: Omit<ApiAuthBinding, 'owner'>): string | undefined {
  const { apiKeyRequired, authorizationType, authorizer } = bearerMethodOptions ?? methodOptions;
  if (authorizationType === apigateway.AuthorizationType.IAM) return 'ApiAuth.iam() requires requests that are signed with AWS credentials';
  if (apiKeyRequired && !authorizer) return 'ApiAuth.apiKey() without acceptBearer reads keys in the header x-api-key only, which each client would have to set';
  if (bearerMethodOptions || !credentialHeaders || credentialHeaders.some((name) => name.toLowerCase() === 'authorization')) return undefined;
  return `the authorizer reads ${credentialHeaders.join(', ')}`;
}

export function warnOpenAiAuth(scope: IConstruct, cause: string): void {
  Annotations.of(scope).addWarningV2(
    `${ANNOTATION_PREFIX}:openAiAuth`,
    `OpenAI's SDKs cannot authenticate on the routes of ApiRoutes.openAi(): they send Authorization: Bearer, but ${cause}; `
    + "set 'auth' to ApiAuth.apiKey({ clients, acceptBearer: true }), ApiAuth.cognito() or ApiAuth.jwt(), or remove ApiRoutes.openAi() from 'routes'",
  );
}

export function warnClientLimit(scope: IConstruct, name: 'rateLimit' | 'burstLimit', client: number, api: number): void {
  Annotations.of(scope).addWarningV2(
    `${ANNOTATION_PREFIX}:clientLimit`,
    `'auth.${name}' has no effect, because ${client} is above 'limits.${name}' of the API, ${api}; lower it, or raise 'limits.${name}'`,
  );
}
