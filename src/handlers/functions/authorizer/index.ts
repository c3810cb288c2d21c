import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { AUTHORIZER_VARIABLE, type AuthorizerConfiguration } from '../../../private/contract/authorizer';
import { authorize } from '../../authorizers/authorize';
import { fetchJson } from '../../authorizers/fetch-json';
import { TokenVerifier } from '../../authorizers/token-verifier';
import { loadConfiguration } from '../../shared/load-configuration';
import { jsonLogger } from '../../shared/log';

const log = jsonLogger();
const configuration = loadConfiguration<AuthorizerConfiguration>(process.env, AUTHORIZER_VARIABLE);
// once per execution environment, because it caches the keys of the issuer
const tokens = new TokenVerifier(configuration, fetchJson, Date.now);

export async function handler(event: APIGatewayRequestAuthorizerEvent): Promise<APIGatewayAuthorizerResult> {
  return authorize(event, tokens, log);
}
