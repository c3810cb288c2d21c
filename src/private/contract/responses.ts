/** What clients get: the JSON bodies of the standard routes. */
import { Problem } from './errors';

export type ImageStatus = 'queued' | 'running' | 'succeeded' | 'failed' | 'expired';

export interface ImageView {
  /** Absent once expired, or where the image travels inline. */
  readonly url?: string;
  /** The URL surely fails after this time; it can end sooner, when the function's credentials rotate. */
  readonly expiresAt?: string;
  readonly base64?: string;
  readonly seed?: number;
  readonly contentType: string;
  readonly width: number;
  readonly height: number;
}

/** One image of several that the model did not deliver. */
export interface ImageFailure {
  /** Absent where the model knows no seeds. */
  readonly seed?: number;
  readonly code: string;
  readonly detail: string;
}

export interface ImageResponse {
  readonly id: string;
  readonly status: ImageStatus;
  readonly model: string;
  /** Of an edit. */
  readonly operation?: string;
  /** Later, what the operator keeps of it: itself, its hash (`sha256:...`) or nothing. */
  readonly prompt?: string;
  /** What a text model made of it, and the picture was drawn from. */
  readonly enhancedPrompt?: string;
  readonly createdAt: string;
  /** Of a job absent until it is done. */
  readonly completedAt?: string;
  readonly imageExpiresAt: string;
  readonly images: readonly ImageView[];
  readonly failures?: readonly ImageFailure[];
  /** Of a job that is not done: since it was handed in. */
  readonly ageSeconds?: number;
  /** Of a job that is not done: how often a worker has begun. */
  readonly attempts?: number;
  /** Of a job that failed. */
  readonly problem?: Problem;
  /** Of a job that was just handed in: roughly how long it takes. */
  readonly estimatedSeconds?: number;
  /** `INLINE_TOO_LARGE`, `STORAGE_FAILED` or `RECORD_FAILED`; see the README. */
  readonly warning?: string;
}

export interface BatchResponse {
  readonly id: string;
  readonly createdAt: string;
  /** How many have each status; `deleted` are cancelled or gone. */
  readonly counts: Readonly<Partial<Record<ImageStatus | 'deleted', number>>>;
  /** In the order of the requests. */
  readonly images: readonly { readonly id: string; readonly status: ImageStatus | 'deleted'; readonly problem?: Problem }[];
}

export interface ImageListResponse {
  readonly images: readonly ImageResponse[];
  /** Present where there are more. */
  readonly cursor?: string;
}
