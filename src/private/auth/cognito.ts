import { Token } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as cognito from 'aws-cdk-lib/aws-cognito';
import { type Construct, type IConstruct } from 'constructs';
import { type AuthStrategy } from './auth-strategy';
import { type UserPoolCredentials } from './caller-credentials';
import { type ApiAuthBinding, type ApiAuthBindOptions, OwnerSource } from '../../api-auth-binding';
import { type CognitoAuthOptions } from '../../api-auth-options';
import { type ValidationContext } from '../strategy';
import { areKnownToDiffer, arnPartitionProblems } from '../validation/environments';
import { nameDifferent } from '../validation/references';
import { unique } from '../validation/rules';
import { checkArguments, listOf, optionsOf, resource, text } from '../validation/value-types';

const USER_POOL = resource('a user pool', 'userPoolArn', "for example cognito.UserPool.fromUserPoolId(this, 'Users', id)");
const APP_CLIENT = resource('an app client', 'userPoolClientId', "for example cognito.UserPoolClient.fromUserPoolClientId(this, 'Client', id)");
const OPTIONS = optionsOf({ userPoolClients: listOf(APP_CLIENT, 'app clients'), scopes: listOf(text, 'strings') });

/** Users of a Cognito user pool. API Gateway validates their tokens. */
export class CognitoStrategy implements AuthStrategy {
  constructor(private readonly userPool: cognito.IUserPool, private readonly options: CognitoAuthOptions) {
    checkArguments('ApiAuth.cognito()', USER_POOL('userPool', userPool), OPTIONS('auth', options));
  }

  public get credentials(): UserPoolCredentials {
    const { scopes, userPoolClients } = this.options;
    return { type: 'userPool', userPool: this.userPool, userPoolClients, scopes };
  }

  public validate({ stackRegion }: ValidationContext): string[] {
    const { scopes, userPoolClients } = this.options;
    const region = regionOf(this.userPool);
    return [
      // a user pool of another account can be used, see "Configure cross-account Amazon Cognito authorizer" in the API Gateway Developer Guide
      ...(areKnownToDiffer(region, stackRegion)
        ? [`'auth.userPool' must be in the Region of the stack, ${stackRegion}, got a user pool in ${region}; for another Region write ApiAuth.jwt() with its issuer`] : []),
      ...arnPartitionProblems("'auth.userPool'", this.userPool.userPoolArn, stackRegion),
      ...unique('auth.scopes', scopes ?? []),
      // for API Gateway an empty list means ID tokens
      ...(scopes?.length === 0 ? ["'auth.scopes' must contain at least one scope; omit it to accept ID tokens"] : []),
      ...(scopes?.includes('') ? ["'auth.scopes' must contain names of scopes, got an empty one"] : []),
      ...(userPoolClients ?? []).filter((client) => isOfOtherPool(client, this.userPool)).map(({ node }) =>
        `'auth.userPoolClients' must be app clients of 'auth.userPool', got '${node.path}' of another user pool; API Gateway rejects its tokens`),
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

/** Returns the Region of a user pool. Its id, which can be all that is known of an imported one, begins with it. */
function regionOf({ env, userPoolId }: cognito.IUserPool): string {
  return Token.isUnresolved(userPoolId) || !userPoolId.includes('_') ? env.region : userPoolId.split('_')[0];
}

/** Whether an app client, or a domain, of this app is known to belong to another user pool. */
export function isOfOtherPool({ node: { defaultChild } }: IConstruct, { userPoolId }: cognito.IUserPool): boolean {
  return nameDifferent((defaultChild as Partial<cognito.CfnUserPoolClient> | undefined)?.userPoolId, userPoolId, 'AWS::Cognito::UserPool');
}

/** Makes API Gateway compare the audience of ID tokens. Access tokens have no audience, so the handler compares their client. */
function acceptAudiences(restApi: apigateway.RestApi, authorizer: apigateway.CognitoUserPoolsAuthorizer, clientIds: readonly string[]): void {
  const identityValidationExpression = `^(${clientIds.join('|')})$`;
  (authorizer.node.defaultChild as apigateway.CfnAuthorizer).identityValidationExpression = identityValidationExpression;
  // the stage uses a changed authorizer only after a new deployment
  restApi.latestDeployment?.addToLogicalId({ identityValidationExpression });
}
