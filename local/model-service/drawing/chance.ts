import { createHash } from 'node:crypto';

/** Random numbers that follow from what they are made of: the same parts give the same numbers on every machine. */
export class Chance {
  static of(...parts: readonly unknown[]): Chance {
    return new Chance(createHash('sha256').update(JSON.stringify(parts)).digest());
  }

  private block = Buffer.alloc(0);
  private used = 0;
  private blocks = 0;

  private constructor(private readonly key: Buffer) {}

  /** From 0 up to, not including, 1. */
  next(): number {
    if (this.used + 4 > this.block.length) {
      this.block = createHash('sha512').update(this.key).update(String(this.blocks++)).digest();
      this.used = 0;
    }
    const number = this.block.readUInt32BE(this.used) / 2 ** 32;
    this.used += 4;
    return number;
  }

  between(low: number, high: number): number {
    return low + this.next() * (high - low);
  }

  integer(low: number, high: number): number {
    return Math.floor(this.between(low, high + 1));
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.integer(0, choices.length - 1)];
  }

  isLikely(probability: number): boolean {
    return this.next() < probability;
  }
}
