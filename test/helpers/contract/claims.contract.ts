import { randomUUID } from 'node:crypto';
import { DAY_MS, past, soon } from './contract-clock';
import type { Claims } from '../../../src/handlers/generation/ports';
import type { Claim } from '../../../src/handlers/generation/storage/records';

/** The behavior of every implementation of `Claims`. */
export function claimsContract(create: () => Claims): void {
  const NOW = Date.now();
  let claims: Claims;
  let owner: string;
  beforeEach(() => {
    claims = create();
    // the tests share a table on the emulator
    owner = `client:${randomUUID()}`;
  });

  const claimOf = (holder: string, more: Partial<Claim> = {}): Claim => ({
    owner,
    key: 'my key',
    fingerprint: 'fingerprint',
    id: holder,
    seed: 4_294_967_295,
    holder,
    createdAt: NOW,
    leaseUntil: NOW + 30_000,
    expiresAt: NOW + DAY_MS,
    state: 'running',
    ...more,
  });
  /** Returns the current claim of a key, without changing it. */
  const current = (more: Partial<Claim> = {}) => claims.take(claimOf('reader', more), NOW, claimOf('nobody', { ...more, state: 'filtered' }));
  const isMissing = async () => (await current())?.holder === 'nobody';

  describe('take', () => {
    it('writes a claim and returns undefined', async () => {
      expect(await claims.take(claimOf('first'), NOW)).toBeUndefined();
      expect(await current()).toStrictEqual(claimOf('first'));
    });

    it('returns an existing claim as it was written', async () => {
      await claims.take(claimOf('first', { detail: undefined }), NOW);
      expect(await claims.take(claimOf('second'), NOW)).toStrictEqual(claimOf('first'));
      expect(await current()).toStrictEqual(claimOf('first'));
    });

    it('separates owners and keys', async () => {
      await claims.take(claimOf('first', { owner: `${owner}a`, key: 'b' }), NOW);
      expect(await claims.take(claimOf('second', { owner, key: 'ab' }), NOW)).toBeUndefined();
      expect(await claims.take(claimOf('third', { owner, key: 'b' }), NOW)).toBeUndefined();
    });

    it.each([['long', 'k'.repeat(10_000)], ['with special characters', '😀 ü "\n\\ #']])('accepts a key that is %s', async (_what, key) => {
      expect(await claims.take(claimOf('first', { key }), NOW)).toBeUndefined();
      expect(await claims.take(claimOf('second', { key }), NOW)).toStrictEqual(claimOf('first', { key }));
    });

    it('replaces a claim from the time that it expires', async () => {
      await claims.take(claimOf('first', { expiresAt: NOW + 5 }), NOW);
      expect(await claims.take(claimOf('second'), NOW + 4)).toMatchObject({ holder: 'first' });
      expect(await claims.take(claimOf('second'), NOW + 5)).toBeUndefined();
      expect(await current()).toMatchObject({ holder: 'second' });
    });

    it('returns undefined once for concurrent requests', async () => {
      const results = await Promise.all(Array.from({ length: 10 }, (_, index) => claims.take(claimOf(`holder-${index}`), NOW)));
      expect(results.filter((result) => result === undefined)).toHaveLength(1);
      const { holder } = (await current())!;
      expect(new Set(results.flatMap((result) => result?.holder ?? []))).toEqual(new Set([holder]));
    });
  });

  describe('take with a claim to supersede', () => {
    const successor = () => claimOf('second', { id: 'first', leaseUntil: NOW + 60_000 });

    it('replaces the claim of that holder', async () => {
      await claims.take(claimOf('first'), NOW);
      expect(await claims.take(successor(), NOW, claimOf('first'))).toBeUndefined();
      expect(await current()).toStrictEqual(successor());
    });

    it('returns the claim of a request that has superseded it before', async () => {
      await claims.take(claimOf('third'), NOW);
      expect(await claims.take(successor(), NOW, claimOf('first'))).toStrictEqual(claimOf('third'));
      expect(await current()).toStrictEqual(claimOf('third'));
    });

    it('returns the superseded claim if it was deleted', async () => {
      expect(await claims.take(successor(), NOW, claimOf('first'))).toStrictEqual(claimOf('first'));
      expect(await isMissing()).toBe(true);
    });

    it('returns undefined once for concurrent requests', async () => {
      await claims.take(claimOf('first'), NOW);
      const results = await Promise.all(Array.from({ length: 10 }, (_, index) => claims.take(claimOf(`holder-${index}`), NOW, claimOf('first'))));
      expect(results.filter((result) => result === undefined)).toHaveLength(1);
    });
  });

  describe('replace', () => {
    it('writes a claim whether or not one exists', async () => {
      await claims.replace(claimOf('first'));
      await claims.replace(claimOf('second'));
      expect(await current()).toStrictEqual(claimOf('second'));
    });
  });

  describe('update', () => {
    it.each<Partial<Claim>>([{ state: 'done' }, { state: 'filtered', detail: 'filtered', charged: 'yes', filtered: 'output' }, { leaseUntil: NOW }])('writes the outcome of the holder: %j', async (outcome) => {
      await claims.take(claimOf('first'), NOW);
      await claims.update(claimOf('first', outcome), soon());
      expect(await current()).toStrictEqual(claimOf('first', outcome));
    });

    it.each<Partial<Claim>>([{ state: 'filtered', detail: 'filtered' }, { leaseUntil: NOW }])('keeps the claim of another holder: %j', async (outcome) => {
      await claims.take(claimOf('second'), NOW);
      await claims.update(claimOf('first', outcome), soon());
      expect(await current()).toStrictEqual(claimOf('second'));
    });

    it.each<Claim['state']>(['running', 'filtered'])('writes done over the claim of another holder in state %s', async (state) => {
      await claims.replace(claimOf('second', { state }));
      await claims.update(claimOf('first', { state: 'done' }), soon());
      expect(await current()).toStrictEqual(claimOf('first', { state: 'done' }));
    });

    it.each(['first', 'second'])('keeps a claim of %s that is done', async (holder) => {
      await claims.replace(claimOf(holder, { state: 'done', seed: 1 }));
      await claims.update(claimOf('first', { state: 'done' }), soon());
      expect(await current()).toStrictEqual(claimOf(holder, { state: 'done', seed: 1 }));
    });

    it('writes only done if the claim was deleted', async () => {
      await claims.update(claimOf('first', { state: 'filtered' }), soon());
      expect(await isMissing()).toBe(true);
      await claims.update(claimOf('first', { state: 'done' }), soon());
      expect(await current()).toStrictEqual(claimOf('first', { state: 'done' }));
    });
  });

  describe('release', () => {
    it('deletes the claim of the holder', async () => {
      await claims.take(claimOf('first'), NOW);
      await claims.release(claimOf('first'), soon());
      expect(await claims.take(claimOf('second'), NOW)).toBeUndefined();
    });

    it('keeps the claim of another holder', async () => {
      await claims.take(claimOf('second'), NOW);
      await claims.release(claimOf('first'), soon());
      expect(await current()).toStrictEqual(claimOf('second'));
    });

    it('ignores a missing claim', async () => {
      await claims.release(claimOf('first'), soon());
      expect(await isMissing()).toBe(true);
    });
  });

  it('changes nothing after the deadline', async () => {
    await claims.take(claimOf('first'), NOW);
    await expect(claims.update(claimOf('first', { state: 'done' }), past())).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    await expect(claims.release(claimOf('first'), past())).rejects.toThrow();
    expect(await current()).toStrictEqual(claimOf('first'));
  });
}
