import type { ConfiguredAuth } from '../../private/contract/configuration';
import { ANONYMOUS } from '../generation/types';
import { ApiError } from '../shared/api-error';

/** The caller identity in the request context of API Gateway. Clients cannot set it. */
export interface CallerIdentity {
  readonly accountId?: string | null;
  readonly apiKeyId?: string | null;
  readonly cognitoIdentityId?: string | null;
  /** Unique id of an IAM user, or `<role id>:<session name>`. */
  readonly user?: string | null;
}

/** The authorizer context: the principal id and values of a Lambda authorizer, or the token claims under `claims`. */
export type AuthorizerContext = Readonly<Record<string, unknown>> | null | undefined;

/** Returns the owner of the images that a request creates and can read. */
export function ownerOf(auth: ConfiguredAuth, identity: CallerIdentity, authorizer?: AuthorizerContext): string {
  switch (auth.mode) {
    case 'none':
      return ANONYMOUS;
    case 'apiKey':
      return clientOwner(auth, identity);
    case 'iam':
      return iamOwner(identity);
    case 'authorizer':
      if (auth.clientIds) checkAppClient(auth.clientIds, authorizer);
      return authorizerOwner(auth.fields ?? [], authorizer);
  }
}

/** ID tokens contain the app client as audience, access tokens as `client_id`. */
function checkAppClient(clientIds: readonly string[], authorizer: AuthorizerContext): void {
  const claims = member(authorizer, 'claims');
  const clientId = member(claims, 'client_id') ?? member(claims, 'aud');
  if (!clientIds.some((accepted) => accepted === clientId)) throw new ApiError('FORBIDDEN', 'the token was issued for an app client that this API does not accept');
}

function clientOwner(auth: ConfiguredAuth, { apiKeyId }: CallerIdentity): string {
  const client = auth.clients?.find(({ keyIds }) => apiKeyId && keyIds.includes(apiKeyId));
  // API Gateway also accepts keys that were added to the usage plan outside of the construct
  if (!client) throw new ApiError('FORBIDDEN', 'the API key does not belong to a client of this API');
  return `client:${client.name}`;
}

/** The owner is the partition key of records, which has at most 2,048 bytes. */
const OWNER_MAX_BYTES = 2_048;

function authorizerOwner(fields: readonly string[], authorizer: AuthorizerContext): string {
  const values = fields.map((field) => field.split('.').reduce<unknown>(member, authorizer));
  if (values.length === 0 || values.some((value) => typeof value !== 'string' || value === '')) {
    throw new ApiError('FORBIDDEN', 'the authorizer did not return the identity of the caller');
  }
  // JSON, so that different lists of values never become the same owner
  const owner = `user:${JSON.stringify(values)}`;
  const bytes = Buffer.byteLength(owner);
  if (bytes > OWNER_MAX_BYTES) throw new ApiError('FORBIDDEN', `the identity of the caller must have at most ${OWNER_MAX_BYTES} bytes, got ${bytes}`);
  return owner;
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}

function iamOwner({ accountId, cognitoIdentityId, user }: CallerIdentity): string {
  if (cognitoIdentityId) return `identity:${cognitoIdentityId}`;
  // the caller chooses the session name, so the owner is the role
  const [principal, session] = user?.split(':') ?? [];
  if (!accountId || !principal) throw new ApiError('FORBIDDEN', 'the caller has no IAM identity');
  // in sessions of GetFederationToken the account id replaces the role id
  if (principal === accountId && session !== undefined) {
    throw new ApiError('FORBIDDEN', 'sessions of GetFederationToken are not supported; use a role');
  }
  return `iam:${accountId}:${principal}`;
}
