import { throwIfPast } from './abort';
import { copy } from './copy';
import type { Claims } from '../../../src/handlers/generation/ports';
import type { Claim } from '../../../src/handlers/generation/storage/records';

const keyOf = ({ owner, key }: Claim): string => JSON.stringify([owner, key]);

export class FakeClaims implements Claims {
  public readonly items = new Map<string, Claim>();
  public fails = false;

  constructor(private readonly now: () => number) {}

  public async take(claim: Claim, now: number, supersedes?: Claim): Promise<Claim | undefined> {
    const existing = this.items.get(keyOf(claim));
    const isAvailable = supersedes ? existing?.holder === supersedes.holder : !existing || existing.expiresAt <= now;
    if (!isAvailable) return existing ?? supersedes;
    this.items.set(keyOf(claim), copy(claim));
    return undefined;
  }

  public async replace(claim: Claim): Promise<void> {
    this.throwIfFailing();
    this.items.set(keyOf(claim), copy(claim));
  }

  public async update(claim: Claim, deadline: number): Promise<void> {
    throwIfPast(deadline, this.now());
    this.throwIfFailing();
    const existing = this.items.get(keyOf(claim));
    const isAllowed = claim.state === 'done' ? existing?.state !== 'done' : existing?.holder === claim.holder;
    if (isAllowed) this.items.set(keyOf(claim), copy(claim));
  }

  public async release(claim: Claim, deadline: number): Promise<void> {
    throwIfPast(deadline, this.now());
    this.throwIfFailing();
    if (this.items.get(keyOf(claim))?.holder === claim.holder) this.items.delete(keyOf(claim));
  }

  private throwIfFailing(): void {
    if (this.fails) throw new Error('the table is not available');
  }
}
