import type * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { type ComputeOptions } from './compute';
import { type LimitOptions } from './limits';
import { type NetworkOptions } from './network-options';
import { type ConfiguredAuth } from './private/contract/configuration';
import { checkArguments, listOf, text } from './private/validation/value-types';

/**
 * Options for `ApiAuth.bind()`.
 */
export interface ApiAuthBindOptions {
  /**
   * The REST API with its stage, before methods are added.
   */
  readonly restApi: apigateway.RestApi;

  /**
   * Compute options of the API. Use its log retention and permissions boundary for the functions that you create.
   */
  readonly compute: ComputeOptions;

  /**
   * Throttling and daily budgets of the API, with defaults.
   */
  readonly limits: LimitOptions;

  /**
   * Key to encrypt the logs and data of the created resources.
   *
   * @default - keys that AWS owns
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * Network of the API function, with its security groups. Functions that call the internet need a route to it.
   *
   * @default - the functions are not connected to a VPC
   */
  readonly network?: NetworkOptions;
}

/**
 * Result of `ApiAuth.bind()`: how methods are protected, and who owns an image.
 */
export interface ApiAuthBinding {
  /**
   * Method options of all routes except preflight requests.
   */
  readonly methodOptions: apigateway.MethodOptions;

  /**
   * Method options of the routes of `ApiRoutes.openAi()`, whose clients send credentials in the header `Authorization` only.
   *
   * @default - `methodOptions`
   */
  readonly bearerMethodOptions?: apigateway.MethodOptions;

  /**
   * Request headers that contain the credentials. CORS allows them; error responses and `GET /openapi.json` name them.
   *
   * @default - `Authorization`, for API keys `x-api-key`
   */
  readonly credentialHeaders?: string[];

  /**
   * Where the handler reads the owner of an image.
   */
  readonly owner: OwnerSource;

  /**
   * Usage plan of the API clients.
   *
   * @default - no usage plan
   */
  readonly usagePlan?: apigateway.UsagePlan;
}

/**
 * Where the handler reads the image owner: the API Gateway request context, never client input.
 *
 * @example
 * import { OwnerSource } from 'cdk-genai-image-api';
 *
 * const owner = OwnerSource.authorizer('iss', 'sub');
 */
export class OwnerSource {
  /**
   * Reads the owner from the response of an authorizer.
   *
   * All fields together identify the owner. They must be unique for each caller: users of two issuers can have the same `sub`.
   * A request that lacks any of the fields gets a 403 response.
   *
   * @param fields names in `requestContext.authorizer`: `principalId`, a key of the authorizer's `context`, or `claims.<name>` for a
   * Cognito user pool
   *
   * @example
   * import { OwnerSource } from 'cdk-genai-image-api';
   *
   * const owner = OwnerSource.authorizer('principalId');
   */
  public static authorizer(...fields: string[]): OwnerSource {
    const missing = fields.length > 0 ? [] : ["'fields' must contain at least one field, for example 'principalId'; for no owner write OwnerSource.none()"];
    checkArguments('OwnerSource.authorizer()', listOf(text, 'strings')('fields', fields), missing);
    return new OwnerSource({ mode: 'authorizer', fields });
  }

  /**
   * Reads the owner from the AWS credentials that signed the request. Requires `AuthorizationType.IAM`.
   *
   * The owner is the role or user, or the identity of a Cognito identity pool. The session name is ignored.
   *
   * @example
   * import { OwnerSource } from 'cdk-genai-image-api';
   *
   * const owner = OwnerSource.iam();
   */
  public static iam(): OwnerSource {
    return new OwnerSource({ mode: 'iam' });
  }

  /**
   * Reads no owner: images cannot be listed or deleted, and anyone who knows the id of an image can read it.
   *
   * @example
   * import { OwnerSource } from 'cdk-genai-image-api';
   *
   * const owner = OwnerSource.none();
   */
  public static none(): OwnerSource {
    return new OwnerSource({ mode: 'none' });
  }

  /**
   * Reads the API client from the API key of the request.
   *
   * @internal
   */
  public static _apiClient(): OwnerSource {
    return new OwnerSource({ mode: 'apiKey' });
  }

  /**
   * Reads the user from the token of a Cognito user pool.
   *
   * @param clientIds app clients whose tokens the handler accepts; undefined for all
   * @internal
   */
  public static _userPool(clientIds?: string[]): OwnerSource {
    return new OwnerSource({ mode: 'authorizer', fields: ['claims.iss', 'claims.sub'], ...(clientIds && { clientIds }) });
  }

  /**
   * Configuration of the handler.
   *
   * @internal
   */
  public readonly _configuration: ConfiguredAuth;

  private constructor(configuration: ConfiguredAuth) {
    this._configuration = configuration;
  }
}
