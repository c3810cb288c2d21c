import { createHmac } from 'node:crypto';
import { LEASE_MARGIN_MS, MIN_CALL_MS, type Deadlines } from './deadlines';
import type { Claims, Clock } from './ports';
import { errorFromStored } from './spend/charges';
import type { Claim, ClaimFailure, ImageRecord, JobFailure, StoredError } from './storage/records';
import { KEY_LIFETIME_MS } from './types';
import { ApiError, notFound } from '../shared/api-error';
import { describeCause, type Logger } from '../shared/log';

/** How long an outcome that may have been charged is remembered at least. */
const MIN_FAILURE_LIFETIME_MS = 10 * 60 * 1000;
/** How long a request without a key can be retried. SDKs retry within seconds. */
const RETRY_LIFETIME_MS = 5 * 60 * 1000;
/** How often a retry checks whether the first request has completed. */
const POLL_MS = 500;
/** The longest `Retry-After`. Most images take a few seconds. */
const MAX_RETRY_AFTER_SECONDS = 5;

/** The result of a claim: the caller holds it, or the request was processed before and `replay` is its record. */
export type ClaimResult<T = ImageRecord> =
  | { readonly claim: Claim; readonly resumed: boolean }
  | Replay<T>;

/** The result of an earlier request. */
export interface Replay<T> {
  readonly replay: T;
  readonly claim: Claim;
  /** Whether images were recovered whose record could not be written. */
  readonly isUnrecorded?: boolean;
}

export interface ClaimPorts<T = ImageRecord> {
  readonly claims: Claims;
  readonly records: {
    get(owner: string, id: string): Promise<T | undefined>;
    /** Absent if the owner cannot delete the record. */
    wasDeleted?(owner: string, id: string): Promise<boolean>;
  };
  readonly clock: Clock;
}

interface TakeClaimPorts<T> extends ClaimPorts<T> {
  /** What the records are (default: images). */
  readonly what?: 'batch';
  /** Returns the record of a failed request whose images are stored nevertheless. Absent if its images are not looked up. */
  readonly recover?: (claim: Claim) => Promise<Omit<Replay<T>, 'claim'> | undefined>;
}

type NewClaim = Omit<Claim, 'state' | 'createdAt' | 'expiresAt' | 'leaseUntil'>;

/**
 * Claims a request of a client that sends a retry count instead of a key. The fingerprint is the key. The first request (count 0) always
 * generates new images. A retry waits for the first request and returns its result.
 */
export async function takeClaimByRetryCount(
  { fingerprint, ...others }: Omit<NewClaim, 'key'>, retryCount: number, deadlines: Deadlines, ports: TakeClaimPorts<ImageRecord>,
): Promise<ClaimResult> {
  // headers cannot contain a line break, so no client can send this key
  const newClaim = { ...others, fingerprint, key: `attempt\n${fingerprint}` };
  const now = ports.clock.now();
  // the claim outlives its lease, so that a retry that waits for the lease can take it over
  const lifetimeMs = Math.max(RETRY_LIFETIME_MS, deadlines.lease + LEASE_MARGIN_MS - now);
  if (retryCount > 0) return takeClaimOrWait(newClaim, deadlines, ports, lifetimeMs);
  const claim = runningClaim({ ...newClaim, fingerprint: keyedFingerprint(newClaim) }, deadlines, now, lifetimeMs);
  await ports.claims.replace(claim);
  return { claim, resumed: false };
}

async function takeClaimOrWait(
  newClaim: NewClaim, deadlines: Deadlines, ports: TakeClaimPorts<ImageRecord>, lifetimeMs: number,
): Promise<ClaimResult> {
  for (;;) {
    try {
      return await takeClaim(newClaim, deadlines, ports, lifetimeMs);
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'IN_PROGRESS') throw error;
      if (ports.clock.now() + POLL_MS > deadlines.response) throw inProgress(error.retryAfterSeconds, 'the request that this one retries');
      await ports.clock.sleep(POLL_MS);
    }
  }
}

/** The table contains only a hash of the key, so that short prompts cannot be guessed from the fingerprint of a request with a random key. */
function keyedFingerprint({ key, fingerprint }: Pick<NewClaim, 'key' | 'fingerprint'>): string {
  return createHmac('sha256', key).update(fingerprint).digest('hex');
}

function runningClaim(newClaim: NewClaim, deadlines: Deadlines, now: number, lifetimeMs: number): Claim {
  return { ...newClaim, state: 'running', leaseUntil: deadlines.lease, createdAt: now, expiresAt: now + lifetimeMs };
}

/**
 * Claims an idempotency key, so that requests with one key are processed once. The first request holds the claim. Another request with the
 * same key gets the record, or an `IN_PROGRESS` error while the first one runs. If the first one has ended without a record, the next request
 * takes over its id and seed, and finds the images that it stored.
 */
export async function takeClaim<T>(
  newClaim: NewClaim, deadlines: Deadlines, ports: TakeClaimPorts<T>, lifetimeMs = KEY_LIFETIME_MS,
): Promise<ClaimResult<T>> {
  const now = ports.clock.now();
  const claim = runningClaim({ ...newClaim, fingerprint: keyedFingerprint(newClaim) }, deadlines, now, lifetimeMs);

  const other = await ports.claims.take(claim, now);
  // the same holder: the SDK repeated a write whose response was lost
  if (!other || other.holder === claim.holder) return { claim, resumed: false };

  if (other.fingerprint !== claim.fingerprint) {
    throw new ApiError('IDEMPOTENCY_MISMATCH', 'this Idempotency-Key was used with another request body; use a new key for a new request');
  }
  if (other.state === 'filtered') {
    const { detail = 'the content was filtered', charged, filtered } = other;
    throw replayedError({ code: 'CONTENT_FILTERED', detail, charged: charged ?? 'maybe', filtered });
  }
  if (other.failure) {
    const recovered = other.failure.mayBeStored && await ports.recover?.(other);
    if (!recovered) throw replayedError({ ...other.failure, mayBeCharged: true });
    return { ...recovered, claim: other };
  }

  const record = await ports.records.get(claim.owner, other.id);
  if (record) return { replay: record, claim: other };
  // the record was deleted or expired
  if (other.state === 'done') throw deleted(ports.what);
  if (now < other.leaseUntil) throw inProgress(retryAfterLease(other.leaseUntil - now));
  // the first request could not mark its claim as done
  if (await ports.records.wasDeleted?.(claim.owner, other.id)) throw deleted(ports.what);

  // a retry that has waited for the lease leaves the claim to a request that has the time to generate
  if (now + MIN_CALL_MS > deadlines.model) throw inProgress(1);

  const successor: Claim = { ...other, holder: claim.holder, leaseUntil: claim.leaseUntil };
  const winner = await ports.claims.take(successor, now, other);
  if (winner && winner.holder !== successor.holder) throw inProgress(retryAfterLease(winner.leaseUntil - now));
  return { claim: successor, resumed: true };
}

/** Marks a claim as done: the record has the result of the request. */
export function markClaimDone(claim: Claim, deadline: number, { claims, log }: { readonly claims: Claims; readonly log: Logger }): Promise<boolean> {
  return awaitClaimUpdate(claims.update(settledClaim(claim, { state: 'done' }), deadline), log);
}

/** Returns a claim with the outcome of its request, in place of an earlier one. No other attempt needs the outcome of the text model. */
export function settledClaim({ text, failure, ...claim }: Claim, outcome: Pick<Claim, 'state' | 'detail' | 'charged' | 'filtered' | 'failure'>): Claim {
  return { ...claim, ...outcome };
}

/** Returns a claim that returns the error to all requests with its key: its request may have been charged. */
export function failedClaim(claim: Claim, failure: ClaimFailure, now: number): Claim {
  return { ...settledClaim(claim, { state: 'failed', failure }), expiresAt: Math.max(claim.expiresAt, now + MIN_FAILURE_LIFETIME_MS) };
}

/** Returns the error of an earlier request with the same key, from its claim or its job. */
export function replayedError({ mayBeCharged, ...failure }: StoredError & Pick<JobFailure, 'mayBeCharged'>): ApiError {
  return errorFromStored(failure, { mayBeCharged, replayed: true });
}

/** Returns the error for a repeated request whose image or batch no longer exists. */
function deleted(what?: 'batch'): ApiError {
  return notFound(what).with({ charged: 'maybe' });
}

/** Awaits the update of a claim. A failure is only logged, because it does not change the result of the request: the claim expires. Returns whether it succeeded. */
export async function awaitClaimUpdate(update: Promise<void>, log: Logger): Promise<boolean> {
  return update.then(() => true, (cause) => {
    log.error('idempotency claim not updated', describeCause(cause));
    return false;
  });
}

/** Returns the error for a request whose first request is still running. */
export function inProgress(retryAfterSeconds: number | undefined, first = 'the first request with this Idempotency-Key'): ApiError {
  return new ApiError('IN_PROGRESS', `${first} is still running; repeat the request later to get its image`, { retryAfterSeconds, charged: 'maybe' });
}

/** Returns the `Retry-After` for a request that waits until the end of a lease. */
export function retryAfterLease(leaseMs: number): number {
  return Math.max(1, Math.min(MAX_RETRY_AFTER_SECONDS, Math.ceil(leaseMs / 1000)));
}
