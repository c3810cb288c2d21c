import { Duration } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ApiAuthBinding, ApiAuthBindOptions } from './api-auth-binding';
import { ApiKeyStrategy } from './private/auth/api-key';
import { CognitoStrategy } from './private/auth/cognito';
import { CustomStrategy } from './private/auth/custom';
import { IAM } from './private/auth/iam';
import { JwtStrategy } from './private/auth/jwt';
import { NONE } from './private/auth/none';
import { AuthStrategy } from './private/auth/strategy';

/**
 * Who the API keys are for, and what each may do.
 */
export interface ApiKeyAuthOptions {
  /**
   * Names of the clients; each gets one API key and owns the images made with it.
   *
   * 1 to 64 letters, digits, `_` or `-`, starting with a letter or digit. Removing a name deletes its key and leaves its
   * images without an owner until they expire. More can be added with `addApiClient`; at the end there must be at least one.
   *
   * A second key of the same client, to change keys without a gap: `['web', 'web#2']`. Both own the same images. Once callers
   * use the new one leave the old one out: `['web#2']`.
   *
   * @default - those that `addApiClient` adds
   */
  readonly clients?: string[];

  /**
   * Requests per second in the long run, for each client.
   *
   * @default - the limits of the API
   */
  readonly rateLimit?: number;

  /**
   * Requests that may come at once, for each client.
   *
   * @default - the limits of the API
   */
  readonly burstLimit?: number;

  /**
   * Requests per day (UTC), for each client.
   *
   * API Gateway counts on a best-effort basis, so some more may pass.
   *
   * @default - unlimited
   */
  readonly dailyQuota?: number;

  /**
   * Take the key of a client in the header `Authorization: Bearer <key>`, too: on the routes of `ApiRoutes.openAi()`, whose
   * clients can send no other. All other routes take it in `x-api-key` as before.
   *
   * A small function then reads the key out of the header for API Gateway, which checks it as ever and keeps the answer for
   * an hour: costs one invocation of AWS Lambda an hour for each key and header, and for each wrong key.
   *
   * @default false
   */
  readonly acceptBearer?: boolean;
}

/**
 * Which users of a Cognito user pool may call.
 */
export interface CognitoAuthOptions {
  /**
   * Scopes of access tokens, of which a token needs one.
   *
   * With scopes callers send access tokens, without them ID tokens: API Gateway tells the two apart by this.
   *
   * @default - ID tokens
   */
  readonly scopes?: string[];
}

/**
 * Which tokens of an OpenID Connect provider are accepted.
 */
export interface JwtAuthOptions {
  /**
   * The issuer, exactly as the claim `iss` of its tokens has it: a URL that begins with `https://`.
   */
  readonly issuer: string;

  /**
   * Audiences, of which the claim `aud` of a token must hold one; for most providers what the API is registered as.
   *
   * Without this check tokens that were issued for another application would pass.
   */
  readonly audience: string[];

  /**
   * Where the public keys of the issuer are: a URL that begins with `https://`.
   *
   * @default - as `<issuer>/.well-known/openid-configuration` says
   */
  readonly jwksUri?: string;

  /**
   * Algorithms of signatures that are accepted, whatever a token says: some of RS256, RS384, RS512, ES256, ES384, ES512 and EdDSA.
   *
   * @default ['RS256']
   */
  readonly algorithms?: string[];

  /**
   * Scopes, of which the claim `scope` of a token must hold one.
   *
   * @default - any token for the audience
   */
  readonly scopes?: string[];

  /**
   * How far the clocks of the issuer and of AWS may be apart: a token is accepted for so long after its end, and before its begin.
   * At most 5 minutes.
   *
   * @default Duration.seconds(0)
   */
  readonly clockTolerance?: Duration;
}

/**
 * How API Gateway asks an authorizer of yours.
 */
export interface CustomAuthOptions {
  /**
   * Headers that carry the credentials; a request that lacks one of them is answered 401.
   *
   * @default ['Authorization']
   */
  readonly headers?: string[];

  /**
   * How long API Gateway keeps an answer for the same values of these headers, at most one hour.
   *
   * With more than 0 the policy that the function answers must cover all routes of the API, not the one that was asked for, and
   * credentials stay good for so long after you withdrew them.
   *
   * @default Duration.seconds(0)
   */
  readonly resultsCacheTtl?: Duration;
}

/**
 * Who may call the API, and who owns the images.
 *
 * A way of your own is a subclass with one method, `bind`, in any language of the CDK.
 */
export abstract class ApiAuth {
  /**
   * Callers sign requests with AWS credentials (Signature Version 4) and need the permission that `grantInvoke` gives.
   *
   * The owner of an image is the role or user, whatever the session is called. Unsigned requests are answered 403.
   * Costs nothing.
   */
  public static iam(): ApiAuth {
    return new BuiltInAuth(IAM);
  }

  /**
   * Callers send a key in the header `x-api-key`; with `acceptBearer` those of OpenAI's routes as `Authorization: Bearer`.
   *
   * The owner of an image is the client that the key belongs to. A key is a shared secret that does not expire: fit for
   * servers, not for pages and apps that hand it to everybody. Read its value with
   * `aws apigateway get-api-key --include-value`; it is in no template and in no output. Costs nothing.
   */
  public static apiKey(options: ApiKeyAuthOptions = {}): ApiAuth {
    return new BuiltInAuth(new ApiKeyStrategy(options));
  }

  /**
   * Callers send a token of a Cognito user pool: `Authorization: Bearer <token>`.
   *
   * API Gateway checks it. The owner of an image is the user, by issuer and `sub`. A user who is disabled or signs out keeps
   * access until the token ends. Costs nothing beyond what Cognito charges for users.
   *
   * @param userPool in the region of the stack
   */
  public static cognito(userPool: cognito.IUserPool, options: CognitoAuthOptions = {}): ApiAuth {
    return new BuiltInAuth(new CognitoStrategy(userPool, options.scopes));
  }

  /**
   * Callers send a token of an OpenID Connect provider, for example Auth0, Entra ID or Keycloak: `Authorization: Bearer <token>`.
   *
   * A small function checks signature, issuer, audience and times of each request. The owner of an image is the user, by
   * issuer and `sub`. A token that the provider withdraws stays good until it ends. Costs one more invocation of AWS Lambda a
   * request.
   */
  public static jwt(options: JwtAuthOptions): ApiAuth {
    return new BuiltInAuth(new JwtStrategy(options));
  }

  /**
   * A Lambda authorizer of yours decides.
   *
   * It answers requests of the type `REQUEST` with a policy, and throws `Unauthorized` for bad credentials. The owner of an
   * image is the `principalId` that it answers: it must be the same for the same caller each time, and no other's. Costs the
   * invocations of your function.
   *
   * @param handler API Gateway is allowed to invoke it
   */
  public static custom(handler: lambda.IFunction, options: CustomAuthOptions = {}): ApiAuth {
    return new BuiltInAuth(new CustomStrategy(handler, options));
  }

  /**
   * Anyone who knows the URL may create images, at your cost.
   *
   * There are no owners: images cannot be listed or deleted, and whoever knows the id of an image can see it.
   */
  public static none(): ApiAuth {
    return new BuiltInAuth(NONE);
  }

  /**
   * Problems of the options, in the words of `GenAiImageApiProps`.
   *
   * @internal
   */
  public _problems(_hasBearerRoutes: boolean): string[] {
    return [];
  }

  /**
   * Whether keys come in the header `Authorization`, too.
   *
   * @internal
   */
  public get _acceptsBearerKeys(): boolean {
    return false;
  }

  /**
   * Creates what the strategy needs, and returns how methods are protected and where the function reads the owner.
   *
   * @param scope the construct of the API: ids below it have to be ones that it does not use itself
   */
  public abstract bind(scope: Construct, options: ApiAuthBindOptions): ApiAuthBinding;
}

class BuiltInAuth extends ApiAuth {
  constructor(private readonly strategy: AuthStrategy) {
    super();
  }

  public override _problems(hasBearerRoutes: boolean): string[] {
    return this.strategy.problems?.(hasBearerRoutes) ?? [];
  }

  public override get _acceptsBearerKeys(): boolean {
    return this.strategy.acceptsBearerKeys ?? false;
  }

  public override bind(scope: Construct, options: ApiAuthBindOptions): ApiAuthBinding {
    return this.strategy.bind(scope, options);
  }
}
