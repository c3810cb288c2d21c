import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as cognito from 'aws-cdk-lib/aws-cognito';
import { type Construct } from 'constructs';
import { type AuthStrategy } from './auth-strategy';
import { type ApiAuthBinding, OwnerSource } from '../../api-auth-binding';
import { unique } from '../validation/rules';

/** Users of a Cognito user pool. API Gateway validates their tokens. */
export class CognitoStrategy implements AuthStrategy {
  constructor(private readonly userPool: cognito.IUserPool, private readonly scopes?: readonly string[]) {}

  public validate(): string[] {
    if (this.scopes === undefined) return [];
    return [
      ...unique('auth.scopes', this.scopes),
      // for API Gateway an empty list means ID tokens
      ...(this.scopes.length > 0 ? [] : ["'auth.scopes' must contain at least one scope; omit it to accept ID tokens"]),
    ];
  }

  public bind(scope: Construct): ApiAuthBinding {
    const authorizer = new apigateway.CognitoUserPoolsAuthorizer(scope, 'Authorizer', { cognitoUserPools: [this.userPool] });
    return {
      owner: OwnerSource.authorizer('claims.iss', 'claims.sub'),
      methodOptions: {
        authorizationType: apigateway.AuthorizationType.COGNITO,
        authorizer,
        ...(this.scopes && { authorizationScopes: [...this.scopes] }),
      },
    };
  }
}
