import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { ApiClients } from './api-clients';
import { AuthStrategy } from './strategy';
import { ApiKeyAuthOptions } from '../../api-auth';
import { ApiAuthBinding, ApiAuthBindOptions, OwnerSource } from '../../api-auth-binding';
import { clientKey, numberInRange, positive, unique } from '../validate';

const CLIENTS = 'Clients';

/** Named clients, each with a key that API Gateway checks and counts. */
export class ApiKeyStrategy implements AuthStrategy {
  /** Those of an API whose callers have keys. */
  public static clientsOf(api: Construct): ApiClients | undefined {
    const clients = api.node.tryFindChild(CLIENTS);
    return clients instanceof ApiClients ? clients : undefined;
  }

  private readonly clients: readonly string[];

  constructor(private readonly options: ApiKeyAuthOptions) {
    this.clients = options.clients ?? [];
  }

  public problems(): string[] {
    const { rateLimit, burstLimit, dailyQuota } = this.options;
    return [
      ...this.clients.flatMap((client) => clientKey('auth.clients', client)),
      ...unique('auth.clients', this.clients),
      ...positive('auth.rateLimit', rateLimit),
      ...numberInRange('auth.burstLimit', burstLimit, { min: 1, integer: true }),
      ...numberInRange('auth.dailyQuota', dailyQuota, { min: 1, integer: true }),
    ];
  }

  public bind(scope: Construct, { restApi }: ApiAuthBindOptions): ApiAuthBinding {
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
      methodOptions: { authorizationType: apigateway.AuthorizationType.NONE, apiKeyRequired: true },
      usagePlan,
    };
  }
}
