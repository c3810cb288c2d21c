import { Duration, type Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { createFunction } from './functions';

/** Creates a usage plan with the keys of two clients. Returns the keys by client. */
export function createKeys(stack: Stack, restApi: apigateway.RestApi): Record<'web' | 'mobile', apigateway.IApiKey> {
  const plan = restApi.addUsagePlan('UsagePlan', {
    apiStages: [{ api: restApi, stage: restApi.deploymentStage }],
    quota: { limit: 1000, period: apigateway.Period.DAY },
  });
  const keyOf = (client: string) => {
    const key = new apigateway.ApiKey(stack, `Key-${client}`, { description: `client ${client} of the image API` });
    plan.addApiKey(key);
    return key;
  };
  return { web: keyOf('web'), mobile: keyOf('mobile') };
}

export interface KeyMethodOptions {
  readonly methodOptions: apigateway.MethodOptions;
  readonly bearerMethodOptions: apigateway.MethodOptions;
}

/** Creates the authorizers that read API keys from `x-api-key` and from `Authorization`. */
export function createAuthorizers(stack: Stack, encryptionKey: kms.IKey): KeyMethodOptions {
  const handler = createFunction(stack, 'KeyAuthorizer', {
    bundle: 'key-authorizer',
    description: 'Passes the API key of a request to API Gateway',
    memorySize: 128,
    timeout: Duration.seconds(5),
    statements: [],
    encryptionKey,
  });
  const keyFrom = (id: string, header: string): apigateway.MethodOptions => ({
    authorizationType: apigateway.AuthorizationType.CUSTOM,
    authorizer: new apigateway.RequestAuthorizer(stack, id, {
      handler, identitySources: [apigateway.IdentitySource.header(header)], resultsCacheTtl: Duration.hours(1),
    }),
    apiKeyRequired: true,
  });
  return { methodOptions: keyFrom('HeaderAuthorizer', 'x-api-key'), bearerMethodOptions: keyFrom('BearerAuthorizer', 'Authorization') };
}
