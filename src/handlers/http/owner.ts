import type { ConfiguredAuth } from '../../private/contract/configuration';
import { ANONYMOUS } from '../adapters/dynamodb/table';
import { ApiError } from '../shared/errors';

/** The part of API Gateway's event that tells who called: set by the gateway, never by the caller. */
export interface CallerIdentity {
  readonly accountId?: string | null;
  readonly apiKeyId?: string | null;
  readonly cognitoIdentityId?: string | null;
  /** Unique id of the IAM user, or of the role with the session's name behind a colon. */
  readonly user?: string | null;
}

/** What an authorizer answered: claims of a token below `claims`, or the principal and the context of a function. */
export type AuthorizerContext = Readonly<Record<string, unknown>> | null | undefined;

/** Whose images a request makes and sees. */
export function ownerOf(auth: ConfiguredAuth, identity: CallerIdentity, authorizer?: AuthorizerContext): string {
  switch (auth.mode) {
    case 'none':
      return ANONYMOUS;
    case 'apiKey':
      return clientOwner(auth, identity);
    case 'iam':
      return iamOwner(identity);
    case 'authorizer':
      return authorizerOwner(auth.fields ?? [], authorizer);
  }
}

function clientOwner(auth: ConfiguredAuth, { apiKeyId }: CallerIdentity): string {
  const client = auth.clients?.find(({ keyIds }) => apiKeyId && keyIds.includes(apiKeyId));
  // a key that somebody added to the usage plan by hand
  if (!client) throw new ApiError('FORBIDDEN', 'this API key belongs to no client of this API');
  return `client:${client.name}`;
}

/** A record's key has room for 2,048 bytes. */
const OWNER_MAX_LENGTH = 1_000;

function authorizerOwner(fields: readonly string[], authorizer: AuthorizerContext): string {
  const values = fields.map((field) => field.split('.').reduce<unknown>(member, authorizer));
  if (values.length === 0 || values.some((value) => typeof value !== 'string' || value === '')) {
    throw new ApiError('FORBIDDEN', 'the authorizer of this API did not say who the caller is');
  }
  // as JSON: whatever the values hold, no two lists of them become one text
  const owner = `user:${JSON.stringify(values)}`;
  if (owner.length > OWNER_MAX_LENGTH) throw new ApiError('FORBIDDEN', `the name of the caller is longer than ${OWNER_MAX_LENGTH} characters`);
  return owner;
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
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
