import { Deadlines, LEASE_MARGIN_MS, MIN_CALL_MS } from '../../../src/handlers/generation/deadlines';
import { failedClaim, takeClaim, takeClaimByRetryCount } from '../../../src/handlers/generation/idempotency';
import type { Claim, ImageRecord } from '../../../src/handlers/generation/storage/records';
import { FakeClaims } from '../../helpers/fakes';

// Boundaries that requests seldom reach. idempotency.test.ts and retries.test.ts send requests.

const START = Date.UTC(2026, 10, 27);
const MINUTE_MS = 60_000;

let now: number;
let slept: number[];
let claims: FakeClaims;
beforeEach(() => {
  now = START;
  slept = [];
  claims = new FakeClaims(() => now);
});

const clock = { now: () => now, sleep: async (milliseconds: number) => { slept.push(milliseconds); now += milliseconds; } };
/** No records, as for batches: their owners cannot delete them. */
const ports = () => ({ claims, clock, records: { get: async (): Promise<ImageRecord | undefined> => undefined } });
const newClaim = (holder: string) => ({ owner: 'client:alice', key: 'k', fingerprint: 'f', id: holder, seed: 1, holder });
/** The deadlines of an invocation that times out after `milliseconds`. */
const timeoutIn = (milliseconds: number) => new Deadlines(now + milliseconds);
const stored = (): Claim => [...claims.items.values()][0];

describe('the claim of a request with a retry count', () => {
  const take = (holder: string, retryCount: number, deadlines: Deadlines) => takeClaimByRetryCount(newClaim(holder), retryCount, deadlines, ports());

  it('exists for at least as long as a function that runs for 15 minutes', async () => {
    const deadlines = timeoutIn(15 * MINUTE_MS);
    await take('first', 0, deadlines);
    expect(stored().expiresAt).toBe(deadlines.lease + LEASE_MARGIN_MS);
  });

  it('is awaited in steps of half a second, the last of which ends at the deadline of the response', async () => {
    await take('first', 0, timeoutIn(MINUTE_MS));
    // the response has to be returned a second before the timeout
    await expect(take('second', 1, timeoutIn(2_000))).rejects.toMatchObject({ code: 'IN_PROGRESS', message: expect.stringContaining('the request that this one retries') });
    expect(slept).toEqual([500, 500]);
  });

  it('belongs to a first request without a lookup of stored images', async () => {
    expect(await take('first', 0, timeoutIn(MINUTE_MS))).toMatchObject({ resumed: false, claim: { id: 'first' } });
    expect(await take('second', 0, timeoutIn(MINUTE_MS))).toMatchObject({ resumed: false, claim: { id: 'second' } });
  });
});

describe('the claim of an interrupted request', () => {
  const take = (holder: string, deadlines: Deadlines) => takeClaim(newClaim(holder), deadlines, ports());
  /** The deadlines of an invocation that has `milliseconds` for the model. */
  const modelDeadlineIn = (milliseconds: number) => timeoutIn(milliseconds + 6_000);

  beforeEach(async () => {
    await take('first', timeoutIn(MINUTE_MS));
    now = stored().leaseUntil;
  });

  it('is taken over if there is just enough time for a model call', async () => {
    await expect(take('second', modelDeadlineIn(MIN_CALL_MS - 1))).rejects.toMatchObject({ code: 'IN_PROGRESS', retryAfterSeconds: 1 });
    expect(await take('second', modelDeadlineIn(MIN_CALL_MS))).toMatchObject({ resumed: true, claim: { id: 'first', holder: 'second' } });
  });

  it('returns the rest of the lease of the request that took it over before, as Retry-After', async () => {
    const successor: Claim = { ...stored(), holder: 'second', leaseUntil: now + 2_500 };
    const takeOver = claims.take.bind(claims);
    jest.spyOn(claims, 'take').mockImplementation(async (claim, time, supersedes) => {
      if (supersedes) await takeOver(successor, time, supersedes);
      return takeOver(claim, time, supersedes);
    });
    await expect(take('third', timeoutIn(MINUTE_MS))).rejects.toMatchObject({ code: 'IN_PROGRESS', retryAfterSeconds: 3 });
  });
});

describe('the claim of a failed request', () => {
  const FAILURE = { code: 'INTERNAL', detail: 'not stored', mayBeStored: true } as const;

  it('returns its error to a request that cannot look up its images', async () => {
    await takeClaim(newClaim('first'), timeoutIn(MINUTE_MS), ports());
    await claims.update(failedClaim(stored(), FAILURE, now), now + 1);
    await expect(takeClaim(newClaim('second'), timeoutIn(MINUTE_MS), ports())).rejects.toMatchObject({ code: 'INTERNAL', message: 'not stored', replayed: true });
  });

  it('does not look up images that were not stored', async () => {
    await takeClaim(newClaim('first'), timeoutIn(MINUTE_MS), ports());
    await claims.update(failedClaim(stored(), { ...FAILURE, mayBeStored: undefined }, now), now + 1);
    const recover = jest.fn(async () => undefined);
    await expect(takeClaim(newClaim('second'), timeoutIn(MINUTE_MS), { ...ports(), recover })).rejects.toMatchObject({ mayBeCharged: true, replayed: true });
    expect(recover).not.toHaveBeenCalled();
  });

  it('keeps its expiration of 24 hours, and exists for another ten minutes if that is longer', async () => {
    await takeClaim(newClaim('first'), timeoutIn(MINUTE_MS), ports());
    const { expiresAt } = stored();
    expect(failedClaim(stored(), FAILURE, now).expiresAt).toBe(expiresAt);
    expect(failedClaim(stored(), FAILURE, expiresAt).expiresAt).toBe(expiresAt + 10 * MINUTE_MS);
  });
});
