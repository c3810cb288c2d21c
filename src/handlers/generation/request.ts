import type { DrawInput, Model } from './ports';

/** What a caller asked for, checked and completed: the same whichever route it came by. */
export interface GenerateRequest {
  readonly model: Model;
  /** What is asked of the model for each image; the seed is added. */
  readonly input: Omit<DrawInput, 'seed'>;
  /** Absent: any. */
  readonly seed?: number;
  /** The model's highest. */
  readonly maxSeed: number;
  readonly count: number;
  /** The raw request in a canonical form, which two requests with one idempotency key must share. */
  readonly fingerprint: string;
}

export interface Caller {
  /** Whose the images are. */
  readonly owner: string;
  readonly idempotencyKey?: string;
  /** Epoch milliseconds at which the function is stopped. */
  readonly deadline: number;
}
