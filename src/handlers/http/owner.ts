import type { ConfiguredAuth } from '../../private/contract/configuration';
import { ApiError } from '../errors';
import { ANONYMOUS } from '../records/table';

/** The part of API Gateway's event that tells who called: set by the gateway, never by the caller. */
export interface CallerIdentity {
  readonly accountId?: string | null;
  readonly apiKeyId?: string | null;
  readonly cognitoIdentityId?: string | null;
  /** Unique id of the IAM user, or of the role with the session's name behind a colon. */
  readonly user?: string | null;
}

/** Whose images a request makes and sees. */
export function ownerOf(auth: ConfiguredAuth, identity: CallerIdentity): string {
  switch (auth.mode) {
    case 'none':
      return ANONYMOUS;
    case 'apiKey':
      return clientOwner(auth, identity);
    case 'iam':
      return iamOwner(identity);
  }
}

function clientOwner(auth: ConfiguredAuth, { apiKeyId }: CallerIdentity): string {
  const client = auth.clients?.find(({ keyIds }) => apiKeyId && keyIds.includes(apiKeyId));
  // a key that somebody added to the usage plan by hand
  if (!client) throw new ApiError('FORBIDDEN', 'this API key belongs to no client of this API');
  return `client:${client.name}`;
}

function iamOwner({ accountId, cognitoIdentityId, user }: CallerIdentity): string {
  if (cognitoIdentityId) return `identity:${cognitoIdentityId}`;
  // callers choose the name of their session: without it, or a new session would be a new owner
  const [principal, session] = user?.split(':') ?? [];
  if (!accountId || !principal) throw new ApiError('FORBIDDEN', 'the caller has no IAM identity');
  // GetFederationToken: the account stands where a role would
  if (principal === accountId && session !== undefined) {
    throw new ApiError('FORBIDDEN', 'federated sessions of GetFederationToken have no identity of their own; use a role');
  }
  return `iam:${accountId}:${principal}`;
}
