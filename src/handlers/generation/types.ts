import type { Deadlines } from './deadlines';
import type { GenerationInput, Model } from './ports';
import type { FailedImage, StoredImage } from './storage/records';
import type { ImageParameter } from '../../private/contract/models';
import type { ImageSource } from '../../private/contract/responses';

export const DAY_MS = 24 * 3600 * 1000;
/** How long an idempotency key is stored. */
export const KEY_LIFETIME_MS = DAY_MS;

/** Request fields that contain an input image. */
export type InputImageField = 'image' | 'mask' | 'styleImage';

/** An input image of a request that has been validated, but not loaded. */
export interface InputImage {
  readonly field: InputImageField;
  /** A file in the request, or the id of an upload or of a stored image, one of several by its index. */
  readonly source: { readonly base64: string } | ImageSource;
  /** The model's limits. */
  readonly parameter?: ImageParameter;
}

/** Removal of the background by a second model call. */
export interface BackgroundRemoval {
  readonly model: Model;
  readonly outputFormat: string;
}

/** A validated request with defaults, the same for all routes. */
export interface GenerateRequest {
  readonly model: Model;
  /** The model's parameters. Seed, count and the input images are added for each call. */
  readonly input: Omit<GenerationInput, 'seed' | 'count'>;
  /** Loaded only if an image has to be generated: a repeated request succeeds after its input images were deleted or expired. */
  readonly inputImages: readonly InputImage[];
  /** The edit operation. */
  readonly operation?: string;
  /** Absent for a random seed. */
  readonly seed?: number;
  /** The model's largest seed. Absent for models without seeds. */
  readonly maxSeed?: number;
  readonly count: number;
  /** The number of images that the model returns per call. */
  readonly imagesPerCall: number;
  /** Set if a text model rewrites the prompt, to at most `maxLength` characters. */
  readonly enhance?: { readonly maxLength: number };
  readonly backgroundRemoval?: BackgroundRemoval;
  /** A hash of the request. Requests with the same idempotency key must have the same fingerprint. */
  readonly fingerprint: string;
}

/** The owner of all images of an API without authentication. Anyone with an id can read the image. */
export const ANONYMOUS = '~anonymous';

/** Who sent a request, how it is recognized when it is repeated, and when it must be answered. */
export interface Caller {
  readonly owner: string;
  readonly idempotencyKey?: string;
  /** The number of retries as the client's SDK counts them: 0 for the first request. */
  readonly retryCount?: number;
  readonly deadlines: Deadlines;
}

export interface GenerationSettings {
  /** Prefix of all S3 keys. */
  readonly prefix: string;
  readonly expirationDays: number;
}

/** One image of a request: its key, and the image or the final error that an earlier run stored. */
export interface ImageSlot {
  readonly key: string;
  readonly existing?: StoredImage;
  readonly failure?: FailedImage;
}

/** One run of a request. Id, seed and creation time are the same for all runs with one idempotency key, and for all runs of a job. */
export interface GenerationRun {
  readonly owner: string;
  readonly id: string;
  /** The seed of the first image. */
  readonly seed: number;
  readonly createdAt: number;
  readonly imageExpiresAt: number;
  /** Whether a later run can find the images of this one: by an idempotency key, a retry count or a job. */
  readonly isResumable: boolean;
  /** Whether the record notes that its event must be published. */
  readonly eventPending?: true;
  readonly slots: readonly ImageSlot[];
  readonly deadlines: Deadlines;
}

/** Returns when the images of a request expire. Times are epoch milliseconds. */
export function expirationTime(createdAt: number, { expirationDays }: Pick<GenerationSettings, 'expirationDays'>): number {
  return createdAt + expirationDays * DAY_MS;
}
