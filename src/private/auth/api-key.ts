import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { ApiClients } from './api-clients';
import { bearerKeys } from './bearer-keys';
import { AuthStrategy } from './strategy';
import { ApiKeyAuthOptions } from '../../api-auth';
import { ApiAuthBinding, ApiAuthBindOptions, OwnerSource } from '../../api-auth-binding';
import { clientKey, numberInRange, positive, unique } from '../validation/rules';

const CLIENTS = 'Clients';
/** API Gateway reads `x-api-key` by itself. */
const KEY_IN_HEADER = { authorizationType: apigateway.AuthorizationType.NONE, apiKeyRequired: true };

/** Named clients, each with a key that API Gateway checks and counts. */
export class ApiKeyStrategy implements AuthStrategy {
  /** Those of an API whose callers have keys. */
  public static clientsOf(api: Construct): ApiClients | undefined {
    const clients = api.node.tryFindChild(CLIENTS);
    return clients instanceof ApiClients ? clients : undefined;
  }

  private readonly clients: readonly string[];

  public readonly acceptsBearerKeys: boolean;

  constructor(private readonly options: ApiKeyAuthOptions) {
    this.clients = options.clients ?? [];
    this.acceptsBearerKeys = options.acceptBearer ?? false;
  }

  public problems(hasBearerRoutes: boolean): string[] {
    const { rateLimit, burstLimit, dailyQuota } = this.options;
    return [
      ...(this.acceptsBearerKeys && !hasBearerRoutes ? ["'auth.acceptBearer' is for ApiRoutes.openAi(), which 'routes' does not hold; add it, or leave acceptBearer out"] : []),
      ...this.clients.flatMap((client) => clientKey('auth.clients', client)),
      ...unique('auth.clients', this.clients),
      ...positive('auth.rateLimit', rateLimit),
      ...numberInRange('auth.burstLimit', burstLimit, { min: 1, integer: true }),
      ...numberInRange('auth.dailyQuota', dailyQuota, { min: 1, integer: true }),
    ];
  }

  public bind(scope: Construct, options: ApiAuthBindOptions): ApiAuthBinding {
    const { restApi } = options;
    const { rateLimit, burstLimit, dailyQuota } = this.options;
    const usagePlan = new apigateway.UsagePlan(scope, 'UsagePlan', {
      apiStages: [{ api: restApi, stage: restApi.deploymentStage }],
      ...((rateLimit !== undefined || burstLimit !== undefined) && { throttle: { rateLimit, burstLimit } }),
      ...(dailyQuota !== undefined && { quota: { limit: dailyQuota, period: apigateway.Period.DAY } }),
    });
    const clients = new ApiClients(scope, CLIENTS, usagePlan);
    this.clients.forEach((name) => clients.add(name));
    return {
      owner: OwnerSource._apiClient(),
      ...(this.acceptsBearerKeys ? bearerKeys(scope, options) : { methodOptions: KEY_IN_HEADER }),
      usagePlan,
    };
  }
}
