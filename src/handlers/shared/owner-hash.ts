import { createHash } from 'node:crypto';

const LENGTH = 16;

/** Returns the first digits of the SHA-256 hash of an owner. Log lines contain it, so that usage can be counted without names. */
export function ownerHash(owner: string): string {
  return createHash('sha256').update(owner).digest('hex').slice(0, LENGTH);
}
