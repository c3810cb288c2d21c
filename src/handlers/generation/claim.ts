import { ApiError, notFound } from '../errors';
import type { Claim, Claims, Clock, ImageRecord, ImageRecords } from './ports';

/** How long a key is remembered. */
const KEY_LIFETIME_MS = 24 * 3600 * 1000;
/** The function's clock and DynamoDB's need not agree to the second. */
const LEASE_MARGIN_MS = 5_000;

export type ClaimOutcome =
  | { readonly claim: Claim; readonly resumed: boolean }
  | { readonly replay: ImageRecord };

/** When the first attempt at a key began: its images expire by that. */
export const claimedAt = (claim: Claim): number => claim.expiresAt - KEY_LIFETIME_MS;

export interface ClaimPorts {
  readonly claims: Claims;
  readonly records: ImageRecords;
  readonly clock: Clock;
}

/**
 * Makes sure that one idempotency key buys one image. The first request gets the claim and draws; another one with the same
 * key is answered with the image, is told that the first still runs, or, if the first surely died, takes over its id and
 * seed, and so finds what it may have stored already.
 */
export async function takeClaim(
  wanted: Omit<Claim, 'state' | 'expiresAt' | 'leaseUntil'>, deadline: number, ports: ClaimPorts,
): Promise<ClaimOutcome> {
  const now = ports.clock.now();
  const claim: Claim = { ...wanted, state: 'running', leaseUntil: deadline + LEASE_MARGIN_MS, expiresAt: now + KEY_LIFETIME_MS };

  const other = await ports.claims.take(claim, now);
  // our own: the write succeeded, its answer was lost and the SDK repeated it
  if (!other || other.holder === claim.holder) return { claim, resumed: false };

  if (other.fingerprint !== claim.fingerprint) {
    throw new ApiError('IDEMPOTENCY_MISMATCH', 'this Idempotency-Key was used with another request body; use a new key for a new request');
  }
  if (other.state === 'filtered') throw new ApiError('CONTENT_FILTERED', other.detail ?? 'the content was filtered');

  const record = await ports.records.get(claim.owner, other.id);
  if (record) return { replay: record };
  if (other.state === 'done') throw notFound(); // deleted, or expired, since
  if (now < other.leaseUntil) throw stillRunning(other.leaseUntil - now);

  const successor: Claim = { ...other, holder: claim.holder, leaseUntil: claim.leaseUntil };
  const winner = await ports.claims.take(successor, now, other);
  if (winner && winner.holder !== successor.holder) throw stillRunning(winner.leaseUntil - now);
  return { claim: successor, resumed: true };
}

function stillRunning(leaseMs: number): ApiError {
  return new ApiError('IN_PROGRESS', 'the first request with this Idempotency-Key is still running; repeat this request later to get its image', {
    // most images take a few seconds, and few requests use up their time
    retryAfterSeconds: Math.max(1, Math.min(5, Math.ceil(leaseMs / 1000))),
  });
}
