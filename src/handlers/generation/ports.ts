/**
 * What the generation flow needs of the world. Adapters for Bedrock, S3 and DynamoDB implement these; tests use plain
 * objects.
 */

/** What one call asks of a model, in the contract's terms. */
export interface DrawInput {
  readonly prompt: string;
  readonly negativePrompt?: string;
  readonly aspectRatio?: string;
  readonly seed: number;
  readonly outputFormat: string;
}

export interface DrawnImage {
  readonly bytes: Uint8Array;
  readonly seed: number;
  readonly contentType: string;
  readonly width: number;
  readonly height: number;
}

export interface Model {
  readonly id: string;
  readonly region: string;
  readonly family: string;
}

export interface ImageModels {
  /** One image. Throws `ApiError`; gives up at `deadline` (epoch milliseconds). */
  draw(model: Model, input: DrawInput, deadline: number): Promise<DrawnImage>;
}

/** An image that lies in the bucket. */
export interface StoredImage {
  readonly key: string;
  readonly seed: number;
  readonly contentType: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
}

export interface ImageStore {
  /** Gives up at `deadline` (epoch milliseconds). */
  put(key: string, image: DrawnImage, deadline: number): Promise<StoredImage>;
  /** What an earlier, interrupted attempt left at the key. */
  find(key: string): Promise<StoredImage | undefined>;
  read(key: string): Promise<Uint8Array>;
  remove(keys: readonly string[]): Promise<void>;
}

/** Some of several images can fail. */
export interface FailedImage {
  readonly seed: number;
  readonly code: string;
  readonly detail: string;
}

/** The record of one request that gave at least one image. Times are epoch milliseconds. */
export interface ImageRecord {
  readonly owner: string;
  readonly id: string;
  readonly model: string;
  readonly prompt: string;
  readonly createdAt: number;
  /** The images are gone after this, whatever S3 still holds. */
  readonly imageExpiresAt: number;
  readonly images: readonly StoredImage[];
  readonly failures: readonly FailedImage[];
}

export interface RecordPage {
  readonly records: readonly ImageRecord[];
  /** Id of the last record, where there are more. */
  readonly cursor?: string;
}

export interface ImageRecords {
  /** Gives up at `deadline` (epoch milliseconds). */
  put(record: ImageRecord, deadline: number): Promise<void>;
  get(owner: string, id: string): Promise<ImageRecord | undefined>;
  /** Newest first. */
  list(owner: string, limit: number, cursor?: string): Promise<RecordPage>;
  remove(owner: string, id: string): Promise<void>;
}

/** Who works on an idempotency key, and how it ended. Times are epoch milliseconds. */
export interface Claim {
  readonly owner: string;
  readonly key: string;
  /** Of the request: the same key with another request is refused. */
  readonly fingerprint: string;
  /** The image's id and first seed are fixed by the first attempt, so that a later one finds what it left. */
  readonly id: string;
  readonly seed: number;
  /** Names the attempt that works on it. */
  readonly holder: string;
  /** The attempt is surely over after this time. */
  readonly leaseUntil: number;
  readonly expiresAt: number;
  readonly state: 'running' | 'done' | 'filtered';
  /** State `filtered`: what the client was told. */
  readonly detail?: string;
}

export interface Claims {
  /** Writes the claim unless a live one is there, which is returned; `supersedes` names the lapsed one that it replaces. */
  take(claim: Claim, now: number, supersedes?: Claim): Promise<Claim | undefined>;
  /** Overwrites our own claim with its outcome. Gives up at `deadline` (epoch milliseconds). */
  settle(claim: Claim, deadline: number): Promise<void>;
  /** Lets the key be used again: nothing came of our attempt. */
  release(claim: Claim, deadline: number): Promise<void>;
}

export interface Clock {
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}
