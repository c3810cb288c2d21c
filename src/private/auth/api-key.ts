import { Token } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { type Construct } from 'constructs';
import { ApiClients } from './api-clients';
import { type AuthStrategy } from './auth-strategy';
import { createKeyAuthorizers } from './bearer-keys';
import { type ApiAuthBinding, type ApiAuthBindOptions, OwnerSource } from '../../api-auth-binding';
import { type ApiKeyAuthOptions } from '../../api-auth-options';
import { type ValidationContext } from '../strategy';
import { warnClientLimit } from '../validation/annotations/auth-annotations';
import { clientName, keyVersion, numberInRange, positive, unique, unknownLength } from '../validation/rules';
import { checkArguments, flag, listOf, mapOf, number, optionsOf, text } from '../validation/value-types';

/** API Gateway reads `x-api-key` without an authorizer. */
const HEADER_KEY = { authorizationType: apigateway.AuthorizationType.NONE, apiKeyRequired: true };

const OPTIONS = optionsOf({
  clients: listOf(text, 'names'),
  keyVersions: mapOf(listOf(number, 'versions'), 'versions by client, for example { web: [1, 2] }'),
  rateLimit: number,
  burstLimit: number,
  dailyQuota: number,
  acceptBearer: flag,
});

/** Named clients whose API keys API Gateway validates and meters. */
export class ApiKeyStrategy implements AuthStrategy {
  public readonly credentials = { type: 'apiKey' } as const;

  private readonly clients: readonly string[];

  constructor(private readonly options: ApiKeyAuthOptions) {
    checkArguments('ApiAuth.apiKey()', OPTIONS('auth', options));
    this.clients = options.clients ?? [];
  }

  public validate({ hasBearerRoutes }: ValidationContext): string[] {
    if (Token.isUnresolved(this.clients)) return [unknownLength('auth.clients')];
    const { acceptBearer, rateLimit, burstLimit, dailyQuota } = this.options;
    return [
      ...(acceptBearer && !hasBearerRoutes
        ? ["'auth.acceptBearer' requires ApiRoutes.openAi() in 'routes'; add it, or remove acceptBearer"] : []),
      ...this.clients.flatMap((client) => clientName("names in 'auth.clients'", client)),
      ...unique('auth.clients', this.clients),
      ...this.validateKeyVersions(),
      ...positive('auth.rateLimit', rateLimit),
      ...numberInRange('auth.burstLimit', burstLimit, { min: 1, integer: true }),
      ...numberInRange('auth.dailyQuota', dailyQuota, { min: 1, integer: true }),
    ];
  }

  public bind(scope: Construct, options: ApiAuthBindOptions): ApiAuthBinding {
    const { restApi, limits } = options;
    const { acceptBearer, keyVersions, rateLimit, burstLimit, dailyQuota } = this.options;
    const usagePlan = new apigateway.UsagePlan(scope, 'UsagePlan', {
      apiStages: [{ api: restApi, stage: restApi.deploymentStage }],
      // API Gateway's documentation does not say what a missing limit means, so both are set
      ...((rateLimit !== undefined || burstLimit !== undefined) && {
        throttle: { rateLimit: rateLimit ?? limits.rateLimit, burstLimit: burstLimit ?? limits.burstLimit },
      }),
      ...(dailyQuota !== undefined && { quota: { limit: dailyQuota, period: apigateway.Period.DAY } }),
    });
    for (const name of ['rateLimit', 'burstLimit'] as const) {
      const [client, api] = [this.options[name], limits[name]];
      if (client === undefined || api === undefined || Token.isUnresolved(client) || Token.isUnresolved(api) || client <= api) continue;
      warnClientLimit(scope, name, client, api);
    }
    const clients = new ApiClients(scope, usagePlan);
    for (const client of this.clients) {
      for (const version of keyVersions?.[client] ?? [1]) clients.add(client, version);
    }
    return {
      owner: OwnerSource._apiClient(),
      ...(acceptBearer ? createKeyAuthorizers(scope, options) : { methodOptions: HEADER_KEY }),
      usagePlan,
    };
  }

  private validateKeyVersions(): string[] {
    return Object.entries(this.options.keyVersions ?? {}).flatMap(([client, versions]) => {
      const name = `auth.keyVersions.${client}`;
      if (!this.clients.includes(client)) return [`'${name}' must belong to a client in 'auth.clients', got ${this.clients.join(', ') || 'none'}`];
      if (versions.length === 0) return [`'${name}' must list at least one version, got none; remove the client from 'auth.clients' to delete its keys`];
      return [...versions.flatMap((version) => keyVersion(name, version)), ...unique(name, versions.map(String), 'version')];
    });
  }
}
