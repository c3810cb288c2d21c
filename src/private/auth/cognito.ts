import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as cognito from 'aws-cdk-lib/aws-cognito';
import { type Construct } from 'constructs';
import { type AuthStrategy } from './auth-strategy';
import { type ApiAuthBinding, type ApiAuthBindOptions, OwnerSource } from '../../api-auth-binding';
import { type CognitoAuthOptions } from '../../api-auth-options';
import { unique } from '../validation/rules';

/** Users of a Cognito user pool. API Gateway validates their tokens. */
export class CognitoStrategy implements AuthStrategy {
  constructor(private readonly userPool: cognito.IUserPool, private readonly options: CognitoAuthOptions) {}

  public validate(): string[] {
    const { scopes, userPoolClients } = this.options;
    return [
      ...unique('auth.scopes', scopes ?? []),
      // for API Gateway an empty list means ID tokens
      ...(scopes?.length === 0 ? ["'auth.scopes' must contain at least one scope; omit it to accept ID tokens"] : []),
      ...(userPoolClients?.length === 0 ? ["'auth.userPoolClients' must contain at least one app client; omit it to accept all app clients of the user pool"] : []),
    ];
  }

  public bind(scope: Construct, { restApi }: ApiAuthBindOptions): ApiAuthBinding {
    const { scopes, userPoolClients } = this.options;
    const clientIds = userPoolClients?.map(({ userPoolClientId }) => userPoolClientId);
    const authorizer = new apigateway.CognitoUserPoolsAuthorizer(scope, 'CognitoAuthorizer', { cognitoUserPools: [this.userPool] });
    if (clientIds && !scopes) acceptAudiences(restApi, authorizer, clientIds);
    return {
      owner: OwnerSource._userPool(clientIds),
      methodOptions: {
        authorizationType: apigateway.AuthorizationType.COGNITO,
        authorizer,
        ...(scopes && { authorizationScopes: [...scopes] }),
      },
    };
  }
}

/** Makes API Gateway compare the audience of ID tokens. Access tokens have no audience, so the handler compares their client. */
function acceptAudiences(restApi: apigateway.RestApi, authorizer: apigateway.CognitoUserPoolsAuthorizer, clientIds: readonly string[]): void {
  const identityValidationExpression = `^(${clientIds.join('|')})$`;
  (authorizer.node.defaultChild as apigateway.CfnAuthorizer).identityValidationExpression = identityValidationExpression;
  // the stage uses a changed authorizer only after a new deployment
  restApi.latestDeployment?.addToLogicalId({ identityValidationExpression });
}
