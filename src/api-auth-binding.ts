import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as kms from 'aws-cdk-lib/aws-kms';
import { ComputeOptions } from './compute';
import { ConfiguredAuth } from './private/contract/configuration';

/**
 * What a strategy of `ApiAuth` has to work with.
 */
export interface ApiAuthBindOptions {
  /**
   * The API with its stage, before it has methods.
   */
  readonly restApi: apigateway.RestApi;

  /**
   * How functions of the API run: what a strategy creates keeps its logs as long, and has the same permissions boundary.
   */
  readonly compute: ComputeOptions;

  /**
   * Key for what a strategy stores or logs.
   *
   * @default - keys of AWS
   */
  readonly encryptionKey?: kms.IKey;
}

/**
 * What a strategy of `ApiAuth` means to the API.
 */
export interface ApiAuthBinding {
  /**
   * How each method but the preflights is protected.
   */
  readonly methodOptions: apigateway.MethodOptions;

  /**
   * How methods are protected whose clients can send credentials in the header `Authorization` only: those of
   * `ApiRoutes.openAi()`.
   *
   * @default - as all methods
   */
  readonly bearerMethodOptions?: apigateway.MethodOptions;

  /**
   * Headers that carry the credentials: pages of `corsOrigins` may send them, and errors and `GET /openapi.json` name them.
   *
   * @default - `Authorization`, for API keys `x-api-key`
   */
  readonly credentialHeaders?: string[];

  /**
   * Where the function reads whose the images of a request are.
   */
  readonly owner: OwnerSource;

  /**
   * Rates and quota of named clients.
   *
   * @default - none; the limits of the API are those of all callers together
   */
  readonly usagePlan?: apigateway.UsagePlan;
}

/**
 * Where the function reads whose an image is: always from what API Gateway made out, never from what the caller wrote.
 */
export class OwnerSource {
  /**
   * From an authorizer of the API.
   *
   * All fields together are the owner, so give as many as make a caller unique: users of two issuers may have one `sub`.
   * A request for which one of them is missing or empty is answered 403.
   *
   * @param fields names in `requestContext.authorizer`: `principalId`, a key of the authorizer's `context`, or `claims.<name>`
   * for a Cognito user pool
   */
  public static authorizer(...fields: string[]): OwnerSource {
    return new OwnerSource({ mode: 'authorizer', fields });
  }

  /**
   * From the AWS credentials that signed the request; only with `AuthorizationType.IAM`.
   *
   * The role or user, whatever the session is called; the identity, for those of a Cognito identity pool.
   */
  public static iam(): OwnerSource {
    return new OwnerSource({ mode: 'iam' });
  }

  /**
   * Nobody: images cannot be listed or deleted, and whoever knows the id of an image can see it.
   */
  public static nobody(): OwnerSource {
    return new OwnerSource({ mode: 'none' });
  }

  /**
   * The client that the API key belongs to.
   *
   * @internal
   */
  public static _apiClient(): OwnerSource {
    return new OwnerSource({ mode: 'apiKey' });
  }

  /**
   * What the handler has to be told.
   *
   * @internal
   */
  public readonly _configuration: ConfiguredAuth;

  private constructor(configuration: ConfiguredAuth) {
    this._configuration = configuration;
  }
}
