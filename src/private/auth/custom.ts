import { Duration } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { AuthStrategy } from './strategy';
import { CustomAuthOptions } from '../../api-auth';
import { ApiAuthBinding, OwnerSource } from '../../api-auth-binding';
import { secondsInRange } from '../validate';

/** What API Gateway keeps answers of authorizers for, at most. */
const MAX_CACHE = Duration.hours(1);

/** A Lambda authorizer of the user. */
export class CustomStrategy implements AuthStrategy {
  constructor(private readonly handler: lambda.IFunction, private readonly options: CustomAuthOptions) {}

  public problems(): string[] {
    const { resultsCacheTtl, headers } = this.options;
    return [
      ...secondsInRange('auth.resultsCacheTtl', resultsCacheTtl, { min: Duration.seconds(0), max: MAX_CACHE }),
      ...(headers?.length === 0 ? ["'auth.headers' must name at least one header that carries credentials, for example ['Authorization']"] : []),
    ];
  }

  public bind(scope: Construct): ApiAuthBinding {
    const { headers = ['Authorization'], resultsCacheTtl = Duration.seconds(0) } = this.options;
    const authorizer = new apigateway.RequestAuthorizer(scope, 'Authorizer', {
      handler: this.handler,
      identitySources: headers.map((name) => apigateway.IdentitySource.header(name)),
      resultsCacheTtl,
    });
    return {
      owner: OwnerSource.authorizer('principalId'),
      methodOptions: { authorizationType: apigateway.AuthorizationType.CUSTOM, authorizer },
    };
  }
}
