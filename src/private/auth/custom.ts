import { Duration, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { type Construct } from 'constructs';
import { type AuthStrategy } from './auth-strategy';
import { type ApiAuthBinding, OwnerSource } from '../../api-auth-binding';
import { type CustomAuthOptions } from '../../api-auth-options';
import { secondsInRange, unique } from '../validation/rules';
import { checkArguments, duration, listOf, optionsOf, resource, text } from '../validation/value-types';

/** The maximum of API Gateway. */
const MAX_CACHE = Duration.hours(1);

/** RFC 9110, section 5.6.2. */
const HEADER_NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/;

const FUNCTION = resource('a Lambda function', 'functionArn', "for example lambda.Function.fromFunctionName(this, 'Authorizer', name)");
const OPTIONS = optionsOf({ headers: listOf(text, 'strings'), resultsCacheTtl: duration });

/** The Lambda authorizer of the user. */
export class CustomStrategy implements AuthStrategy {
  constructor(private readonly handler: lambda.IFunction, private readonly options: CustomAuthOptions) {
    checkArguments('ApiAuth.custom()', FUNCTION('handler', handler), OPTIONS('auth', options));
  }

  public validate(): string[] {
    const { resultsCacheTtl, headers } = this.options;
    return [
      ...secondsInRange('auth.resultsCacheTtl', resultsCacheTtl, { min: Duration.seconds(0), max: MAX_CACHE }),
      ...(headers ?? []).filter((name) => !HEADER_NAME.test(name)).map((name) => `'auth.headers' must contain names of HTTP headers, got '${name}'`),
      ...unique('auth.headers', (headers ?? []).map((name) => name.toLowerCase())),
      ...(headers?.length === 0 ? ["'auth.headers' must contain at least one header that carries credentials, for example ['Authorization']"] : []),
    ];
  }

  public bind(scope: Construct): ApiAuthBinding {
    const { headers, resultsCacheTtl = Duration.seconds(0) } = this.options;
    const authorizer = new apigateway.RequestAuthorizer(scope, 'CustomAuthorizer', {
      handler: invokable(this.handler, scope),
      identitySources: (headers ?? ['Authorization']).map((name) => apigateway.IdentitySource.header(name)),
      resultsCacheTtl,
    });
    return {
      owner: OwnerSource.authorizer('principalId'),
      methodOptions: { authorizationType: apigateway.AuthorizationType.CUSTOM, authorizer },
      credentialHeaders: headers,
    };
  }
}

/** Puts the permission of API Gateway into the stack of the API. In the stack of the function it would make the stacks depend on each other. */
function invokable(handler: lambda.IFunction, scope: Construct): lambda.IFunction {
  const stack = Stack.of(scope);
  if (Stack.of(handler) === stack) return handler;
  return lambda.Function.fromFunctionAttributes(scope, 'AuthorizerFunction', {
    functionArn: handler.functionArn,
    // only the owner of a function in another account can add the permission
    sameEnvironment: handler.env.account === stack.account && handler.env.region === stack.region,
  });
}
