import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { AUTHORIZER_VARIABLE, type AuthorizerConfiguration } from '../../../private/contract/authorizer';
import { authorize } from '../../authorizers/authorize';
import { TokenVerifier } from '../../authorizers/token-verifier';
import { validateAuthorizerConfiguration } from '../../requests/validators/validators.generated';
import { loadDocument } from '../../shared/environment';
import { jsonLogger } from '../../shared/log';

const FETCH_TIMEOUT_MS = 3_000;

const log = jsonLogger();
const configuration = loadDocument<AuthorizerConfiguration>(process.env, AUTHORIZER_VARIABLE, validateAuthorizerConfiguration);
// made once per execution environment: it keeps the issuer's keys
const tokens = new TokenVerifier(configuration, fetchJson, Date.now);

export async function handler(event: APIGatewayRequestAuthorizerEvent): Promise<APIGatewayAuthorizerResult> {
  return authorize(event, tokens, log);
}

async function fetchJson(url: string): Promise<ArrayBuffer> {
  // keys come from where the issuer says, not from where that place says
  const answer = await fetch(url, { signal: AbortSignal.timeout(FETCH_TIMEOUT_MS), redirect: 'error', headers: { Accept: 'application/json' } });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return answer.arrayBuffer();
}
