import { createHash } from 'node:crypto';

/** A random number generator with a seed. Equal seeds give equal numbers on every machine. */
export class SeededRandom {
  /** Creates a generator from the values of the seed. */
  static from(...parts: readonly unknown[]): SeededRandom {
    return new SeededRandom(createHash('sha256').update(JSON.stringify(parts)).digest());
  }

  private block = Buffer.alloc(0);
  private used = 0;
  private blocks = 0;

  private constructor(private readonly key: Buffer) {}

  /** Returns a number from 0 (inclusive) to 1 (exclusive). */
  next(): number {
    if (this.used + 4 > this.block.length) {
      this.block = createHash('sha512').update(this.key).update(String(this.blocks++)).digest();
      this.used = 0;
    }
    const number = this.block.readUInt32BE(this.used) / 2 ** 32;
    this.used += 4;
    return number;
  }

  /** Returns a number between two values. */
  between(low: number, high: number): number {
    return low + this.next() * (high - low);
  }

  /** Returns an integer in a range, including its limits. */
  integer(low: number, high: number): number {
    return Math.floor(this.between(low, high + 1));
  }

  /** Returns one of the choices. */
  pick<T>(choices: readonly T[]): T {
    return choices[this.integer(0, choices.length - 1)];
  }

  /** Returns `true` with the given probability. */
  boolean(probability: number): boolean {
    return this.next() < probability;
  }
}
