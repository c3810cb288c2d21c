import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { ApiClients } from './api-clients';
import { ConfiguredAuth } from './contract/configuration';

export interface ApiAuthBindOptions {
  /** The API with its stage, before it has methods. */
  readonly restApi: apigateway.RestApi;
}

/** What an auth strategy means to the rest of the construct. */
export interface ApiAuthBinding {
  /** Where the handler reads the owner from. */
  readonly mode: ConfiguredAuth['mode'];
  /** How each method but the preflight is protected. */
  readonly methodOptions: apigateway.MethodOptions;
  readonly usagePlan?: apigateway.UsagePlan;
  /** Where clients are named by us. */
  readonly clients?: ApiClients;
}

/** Callers without identity own nothing. */
export function hasOwners(auth: ApiAuthBinding): boolean {
  return auth.mode !== 'none';
}
