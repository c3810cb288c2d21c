import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { warnUnauthenticated } from './private/annotations';
import { ApiClients } from './private/api-clients';
import { ApiAuthBinding, ApiAuthBindOptions } from './private/auth-binding';
import { clientName, numberInRange, positive, unique } from './private/validate';

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
}

/**
 * Who may call the API, and who owns the images.
 */
export abstract class ApiAuth {
  /**
   * Callers sign requests with AWS credentials (Signature Version 4) and need the permission that `grantInvoke` gives.
   *
   * The owner of an image is the role or user, whatever the session is called. Unsigned requests are answered 403.
   */
  public static iam(): ApiAuth {
    return new IamAuth();
  }

  /**
   * Callers send a key in the header `x-api-key`.
   *
   * The owner of an image is the client that the key belongs to. A key is a shared secret that does not expire: fit for
   * servers, not for pages and apps that hand it to everybody. Read its value with
   * `aws apigateway get-api-key --include-value`; it is in no template and in no output.
   */
  public static apiKey(options: ApiKeyAuthOptions = {}): ApiAuth {
    return new ApiKeyAuth(options);
  }

  /**
   * Anyone who knows the URL may create images, at your cost.
   *
   * There are no owners: images cannot be listed or deleted, and whoever knows the id of an image can see it.
   */
  public static none(): ApiAuth {
    return new NoAuth();
  }

  /**
   * Problems of the options, in the words of `GenAiImageApiProps`.
   *
   * @internal
   */
  public _problems(): string[] {
    return [];
  }

  /**
   * Creates what the strategy needs, with fixed ids under the scope, and returns how methods are protected and where the
   * handler finds the owner.
   *
   * @internal
   */
  public abstract _bind(scope: Construct, options: ApiAuthBindOptions): ApiAuthBinding;
}

class IamAuth extends ApiAuth {
  public override _bind(): ApiAuthBinding {
    return { mode: 'iam', methodOptions: { authorizationType: apigateway.AuthorizationType.IAM } };
  }
}

class NoAuth extends ApiAuth {
  public override _bind(scope: Construct): ApiAuthBinding {
    warnUnauthenticated(scope);
    return { mode: 'none', methodOptions: { authorizationType: apigateway.AuthorizationType.NONE } };
  }
}

class ApiKeyAuth extends ApiAuth {
  private readonly clients: string[];

  constructor(private readonly options: ApiKeyAuthOptions) {
    super();
    this.clients = options.clients ?? [];
  }

  public override _problems(): string[] {
    const { rateLimit, burstLimit, dailyQuota } = this.options;
    return [
      ...this.clients.flatMap((client) => clientName('auth.clients', client)),
      ...unique('auth.clients', this.clients),
      ...positive('auth.rateLimit', rateLimit),
      ...numberInRange('auth.burstLimit', burstLimit, { min: 1, integer: true }),
      ...numberInRange('auth.dailyQuota', dailyQuota, { min: 1, integer: true }),
    ];
  }

  public override _bind(scope: Construct, { restApi }: ApiAuthBindOptions): ApiAuthBinding {
    const { rateLimit, burstLimit, dailyQuota } = this.options;
    const usagePlan = new apigateway.UsagePlan(scope, 'UsagePlan', {
      apiStages: [{ api: restApi, stage: restApi.deploymentStage }],
      ...((rateLimit !== undefined || burstLimit !== undefined) && { throttle: { rateLimit, burstLimit } }),
      ...(dailyQuota !== undefined && { quota: { limit: dailyQuota, period: apigateway.Period.DAY } }),
    });
    const clients = new ApiClients(scope, 'Clients', usagePlan);
    this.clients.forEach((name) => clients.add(name));
    return {
      mode: 'apiKey',
      methodOptions: { authorizationType: apigateway.AuthorizationType.NONE, apiKeyRequired: true },
      usagePlan,
      clients,
    };
  }
}
