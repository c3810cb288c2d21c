import type * as cognito from 'aws-cdk-lib/aws-cognito';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { type Construct } from 'constructs';
import { type ApiAuthBinding, type ApiAuthBindOptions } from './api-auth-binding';
import { type ApiKeyAuthOptions, type CognitoAuthOptions, type CustomAuthOptions, type JwtAuthOptions } from './api-auth-options';
import { ApiKeyStrategy } from './private/auth/api-key';
import { type AuthStrategy } from './private/auth/auth-strategy';
import { type CallerCredentials, credentialsOf } from './private/auth/caller-credentials';
import { CognitoStrategy } from './private/auth/cognito';
import { CustomStrategy } from './private/auth/custom';
import { IAM } from './private/auth/iam';
import { JwtStrategy } from './private/auth/jwt';
import { NONE } from './private/auth/none';
import { type ValidationContext } from './private/strategy';

/**
 * Authentication of callers, which also determines the owner of an image.
 *
 * To add another mode, extend this class and implement `bind`. Subclasses work in all CDK languages.
 *
 * @example
 * import { ApiAuth, GenAiImageApi } from 'cdk-genai-image-api';
 *
 * new GenAiImageApi(this, 'Api', { auth: ApiAuth.apiKey({ clients: ['web'] }) });
 */
export abstract class ApiAuth {
  /**
   * Authenticates callers by AWS credentials (Signature Version 4). Callers need the permission that `grantInvoke` adds.
   *
   * The owner of an image is the role or user. The session name is ignored. Unsigned requests get a 403 response. No additional cost.
   *
   * @example
   * import { ApiAuth, GenAiImageApi } from 'cdk-genai-image-api';
   *
   * new GenAiImageApi(this, 'Api', { auth: ApiAuth.iam() });
   */
  public static iam(): ApiAuth {
    return new BuiltInAuth(IAM);
  }

  /**
   * Authenticates callers by an API key in the header `x-api-key`, and with `acceptBearer` on the OpenAI routes in `Authorization: Bearer`.
   *
   * The owner of an image is the API client. An API key is a shared secret without expiration: use it in servers, not in web pages or
   * apps. Read its value with `aws apigateway get-api-key --include-value`; it is in no template and no output. No additional cost
   * without `acceptBearer`.
   *
   * @example
   * import { ApiAuth, GenAiImageApi } from 'cdk-genai-image-api';
   *
   * new GenAiImageApi(this, 'Api', { auth: ApiAuth.apiKey({ clients: ['web', 'batch'], dailyQuota: 1000 }) });
   */
  public static apiKey(options: ApiKeyAuthOptions = {}): ApiAuth {
    return new BuiltInAuth(new ApiKeyStrategy(options));
  }

  /**
   * Authenticates callers by a token of a Cognito user pool: `Authorization: Bearer <token>`.
   *
   * API Gateway validates the token. The owner of an image is the user, identified by `iss` and `sub`. A disabled or signed-out user
   * keeps access until the token expires. No additional cost beyond Cognito.
   *
   * @param userPool user pool in the Region of the stack
   *
   * @example
   * import * as cognito from 'aws-cdk-lib/aws-cognito';
   * import { ApiAuth, GenAiImageApi } from 'cdk-genai-image-api';
   *
   * const pool = new cognito.UserPool(this, 'Users');
   * new GenAiImageApi(this, 'Api', { auth: ApiAuth.cognito(pool) });
   */
  public static cognito(userPool: cognito.IUserPool, options: CognitoAuthOptions = {}): ApiAuth {
    return new BuiltInAuth(new CognitoStrategy(userPool, options));
  }

  /**
   * Authenticates callers by a token of an OpenID Connect provider, such as Auth0, Entra ID or Keycloak: `Authorization: Bearer <token>`.
   *
   * A Lambda authorizer validates signature, issuer, audience and validity period of the token for each request. The owner of an image is the
   * user, identified by `iss` and `sub`. A revoked token stays valid until it expires. The cost is one Lambda invocation per request.
   *
   * @example
   * import { ApiAuth, GenAiImageApi } from 'cdk-genai-image-api';
   *
   * new GenAiImageApi(this, 'Api', {
   *   auth: ApiAuth.jwt({ issuer: 'https://example.eu.auth0.com/', audience: ['https://images.example.com'] }),
   * });
   */
  public static jwt(options: JwtAuthOptions): ApiAuth {
    return new BuiltInAuth(new JwtStrategy(options));
  }

  /**
   * Authenticates callers by your Lambda authorizer of type `REQUEST`.
   *
   * The authorizer returns a policy, and throws `Unauthorized` for invalid credentials. The owner of an image is the `principalId` that
   * it returns: it must identify a caller uniquely and permanently. The cost is the invocations of your function.
   *
   * @param handler function that API Gateway gets the permission to invoke
   *
   * @example
   * import * as lambda from 'aws-cdk-lib/aws-lambda';
   * import { ApiAuth, GenAiImageApi } from 'cdk-genai-image-api';
   *
   * declare const authorizer: lambda.Function;
   * new GenAiImageApi(this, 'Api', { auth: ApiAuth.custom(authorizer) });
   */
  public static custom(handler: lambda.IFunction, options: CustomAuthOptions = {}): ApiAuth {
    return new BuiltInAuth(new CustomStrategy(handler, options));
  }

  /**
   * Does not authenticate callers: anyone who knows the URL can generate images at your cost.
   *
   * Images have no owner: they cannot be listed or deleted, and anyone who knows the id of an image can read it. Synthesis adds a warning.
   *
   * @example
   * import { ApiAuth, GenAiImageApi } from 'cdk-genai-image-api';
   *
   * new GenAiImageApi(this, 'Api', { auth: ApiAuth.none() });
   */
  public static none(): ApiAuth {
    return new BuiltInAuth(NONE);
  }

  /**
   * Returns the problems of the options, in terms of `GenAiImageApiProps`.
   *
   * @internal
   */
  public _validate(_context: ValidationContext): string[] {
    return [];
  }

  /**
   * Returns what callers send, for `ImagePlayground`.
   *
   * @internal
   */
  public _credentials(binding: ApiAuthBinding): CallerCredentials {
    return credentialsOf(binding);
  }

  /**
   * Creates the resources of the authentication mode, and returns how methods are protected and where the handler reads the owner.
   *
   * @param scope the API construct; ids of child constructs must not collide with the ids it uses
   */
  public abstract bind(scope: Construct, options: ApiAuthBindOptions): ApiAuthBinding;
}

class BuiltInAuth extends ApiAuth {
  constructor(private readonly strategy: AuthStrategy) {
    super();
  }

  public override _validate(context: ValidationContext): string[] {
    return this.strategy.validate?.(context) ?? [];
  }

  public override _credentials(binding: ApiAuthBinding): CallerCredentials {
    return this.strategy.credentials ?? super._credentials(binding);
  }

  public override bind(scope: Construct, options: ApiAuthBindOptions): ApiAuthBinding {
    return this.strategy.bind(scope, options);
  }
}
