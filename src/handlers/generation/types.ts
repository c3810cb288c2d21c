import type { GenerationInput, Model } from './ports';
import type { BackgroundRemoval } from './remove-background';

/** Files that a model is shown. */
export type InputImages = Pick<GenerationInput, 'image' | 'mask' | 'styleImage'>;

/** What a caller asked for, checked and completed: the same whichever route it came by. */
export interface GenerateRequest {
  readonly model: Model;
  /** What is asked of the model for each image; seed and count of a call are added, and the pictures. */
  readonly input: Omit<GenerationInput, 'seed' | 'count'>;
  /** Fetches and checks the pictures that the caller named, once something has to be drawn: by a replay they may be gone. */
  readonly loadInputImages?: () => Promise<InputImages>;
  /** Of an edit. */
  readonly operation?: string;
  /** Absent: any. */
  readonly seed?: number;
  /** The model's highest; absent where it knows no seeds. */
  readonly maxSeed?: number;
  readonly count: number;
  /** How many images one call of this model draws. */
  readonly imagesPerCall: number;
  /** Let a text model elaborate the prompt, into at most so many characters. */
  readonly enhance?: { readonly maxLength: number };
  /** Have the background removed from what was drawn, by another call. */
  readonly backgroundRemoval?: BackgroundRemoval;
  /** The raw request in a canonical form, which two requests with one idempotency key must share. */
  readonly fingerprint: string;
}

/** A client whose repeated request is known as such: what its first attempt paid for can be handed out later. */
export function isRepeatable({ idempotencyKey, retryCount }: RequestContext): boolean {
  return idempotencyKey !== undefined || retryCount !== undefined;
}

export interface RequestContext {
  /** Whose the images are. */
  readonly owner: string;
  readonly idempotencyKey?: string;
  /** Of a client that sends no key but counts how often it has sent a request: 0 for the first time. */
  readonly retryCount?: number;
  /** Epoch milliseconds at which the function is stopped. */
  readonly deadline: number;
}
