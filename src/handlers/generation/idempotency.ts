import { finishDeadline } from './deadlines';
import type { Claims, Clock } from './ports';
import type { Claim, ImageRecord } from './records';
import { ApiError, notFound } from '../shared/errors';
import { describeCause, type Logger } from '../shared/log';

/** How long a key is remembered. */
const KEY_LIFETIME_MS = 24 * 3600 * 1000;
/** How long after a request without a key another one can be its repetition: clients repeat within seconds. */
const ATTEMPT_LIFETIME_MS = 5 * 60 * 1000;
/** How often it is looked whether the first attempt is done. */
const POLL_MS = 500;
/** The function's clock and DynamoDB's need not agree to the second. */
const LEASE_MARGIN_MS = 5_000;

/** `T`: what comes of a claim. */
export type ClaimOutcome<T = ImageRecord> =
  | { readonly claim: Claim; readonly resumed: boolean }
  | { readonly replay: T; readonly claim: Claim };

export interface ClaimPorts<T = ImageRecord> {
  readonly claims: Claims;
  readonly records: { get(owner: string, id: string): Promise<T | undefined> };
  readonly clock: Clock;
}

type WantedClaim = Omit<Claim, 'state' | 'createdAt' | 'expiresAt' | 'leaseUntil'>;

/**
 * As `takeClaim`, for clients that send no key but count their attempts: the request itself is the key. A first attempt is a new
 * request, even if one like it was there before. A later one is answered with what came of the first, which it waits for.
 */
export async function takeAttempt(
  { fingerprint, ...wanted }: Omit<WantedClaim, 'key'>, attempt: number, deadline: number, ports: ClaimPorts,
): Promise<ClaimOutcome> {
  // no header can hold a line break: it is none that a client sends
  const named = { ...wanted, fingerprint, key: `attempt\n${fingerprint}` };
  const now = ports.clock.now();
  // while the first may be running, however long that is, the claim must stand
  const lifetimeMs = Math.max(ATTEMPT_LIFETIME_MS, deadline + 2 * LEASE_MARGIN_MS - now);
  if (attempt > 0) return takeOrWait(named, deadline, ports, lifetimeMs);
  const claim = newClaim(named, deadline, now, lifetimeMs);
  await ports.claims.replace(claim);
  return { claim, resumed: false };
}

async function takeOrWait(wanted: WantedClaim, deadline: number, ports: ClaimPorts, lifetimeMs: number): Promise<ClaimOutcome> {
  for (;;) {
    try {
      return await takeClaim(wanted, deadline, ports, lifetimeMs);
    } catch (error) {
      const isRunning = error instanceof ApiError && error.code === 'IN_PROGRESS';
      if (!isRunning || ports.clock.now() + POLL_MS > finishDeadline(deadline)) throw error;
      await ports.clock.sleep(POLL_MS);
    }
  }
}

function newClaim(wanted: WantedClaim, deadline: number, now: number, lifetimeMs: number): Claim {
  return { ...wanted, state: 'running', leaseUntil: deadline + LEASE_MARGIN_MS, createdAt: now, expiresAt: now + lifetimeMs };
}

/**
 * Makes sure that one idempotency key buys one image. The first request gets the claim and draws; another one with the same
 * key is answered with the image, is told that the first still runs, or, if the first surely died, takes over its id and
 * seed, and so finds what it may have stored already.
 */
export async function takeClaim<T>(
  wanted: WantedClaim, deadline: number, ports: ClaimPorts<T>, lifetimeMs = KEY_LIFETIME_MS,
): Promise<ClaimOutcome<T>> {
  const now = ports.clock.now();
  const claim = newClaim(wanted, deadline, now, lifetimeMs);

  const other = await ports.claims.take(claim, now);
  // our own: the write succeeded, its answer was lost and the SDK repeated it
  if (!other || other.holder === claim.holder) return { claim, resumed: false };

  if (other.fingerprint !== claim.fingerprint) {
    throw new ApiError('IDEMPOTENCY_MISMATCH', 'this Idempotency-Key was used with another request body; use a new key for a new request');
  }
  if (other.state === 'filtered') throw new ApiError('CONTENT_FILTERED', other.detail ?? 'the content was filtered');

  const record = await ports.records.get(claim.owner, other.id);
  if (record) return { replay: record, claim: other };
  if (other.state === 'done') throw notFound(); // deleted, or expired, since
  if (now < other.leaseUntil) throw stillRunning(other.leaseUntil - now);

  const successor: Claim = { ...other, holder: claim.holder, leaseUntil: claim.leaseUntil };
  const winner = await ports.claims.take(successor, now, other);
  if (winner && winner.holder !== successor.holder) throw stillRunning(winner.leaseUntil - now);
  return { claim: successor, resumed: true };
}

/** The outcome of a request stands whatever becomes of its claim: one that stays open just runs out. */
export async function closed(closing: Promise<void>, log: Logger): Promise<void> {
  await closing.catch((cause) => log.error('claim not closed', describeCause(cause)));
}

export function stillRunning(leaseMs: number): ApiError {
  return new ApiError('IN_PROGRESS', 'the first attempt at this request, by its Idempotency-Key or as the client counts, is still running; repeat the request later to get its image', {
    // most images take a few seconds, and few requests use up their time
    retryAfterSeconds: Math.max(1, Math.min(5, Math.ceil(leaseMs / 1000))),
  });
}
