/**
 * What the generation flow needs of the world. Adapters for Bedrock, S3 and DynamoDB implement these; tests use plain
 * objects.
 */
import type { JobRecord, JobState } from '../jobs/job';
import type { ApiError } from '../shared/errors';

/** What one call asks of a model, by the contract's names. A family takes what its models know; the rest was refused before. */
export interface GenerationInput {
  readonly prompt?: string;
  readonly negativePrompt?: string;
  readonly aspectRatio?: string;
  readonly width?: number;
  readonly height?: number;
  readonly style?: string;
  readonly cfgScale?: number;
  readonly steps?: number;
  readonly quality?: string;
  readonly strength?: number;
  /** What the model wants to be told of an input image. */
  readonly mode?: string;
  readonly searchPrompt?: string;
  readonly selectPrompt?: string;
  readonly growMask?: number;
  readonly left?: number;
  readonly right?: number;
  readonly up?: number;
  readonly down?: number;
  readonly creativity?: number;
  readonly controlStrength?: number;
  readonly fidelity?: number;
  readonly compositionFidelity?: number;
  readonly styleStrength?: number;
  readonly changeStrength?: number;
  /** Files. */
  readonly image?: Uint8Array;
  readonly mask?: Uint8Array;
  readonly styleImage?: Uint8Array;
  /** Absent where the model knows no seeds. */
  readonly seed?: number;
  /** How many images this call is to draw. */
  readonly count: number;
  readonly outputFormat: string;
}

export interface GeneratedImage {
  readonly bytes: Uint8Array;
  /** Absent where the model knows no seeds. */
  readonly seed?: number;
  readonly contentType: string;
  readonly width: number;
  readonly height: number;
  /** Its background was removed. */
  readonly isCutOut?: boolean;
}

export interface Model {
  /** What callers and records call it. */
  readonly id: string;
  /** What is called: an id, an inference profile, an ARN, the name of an endpoint. */
  readonly call: string;
  readonly region: string;
  readonly family: string;
  readonly service: 'bedrock' | 'sagemaker';
}

export interface ImageModels {
  /**
   * One call: as many outcomes as images were asked for, in their order, each a drawn image or why it is missing. Throws
   * `ApiError` where there is none at all; gives up at `deadline` (epoch milliseconds).
   */
  generate(model: Model, input: GenerationInput, deadline: number): Promise<readonly (GeneratedImage | ApiError)[]>;
}

/** What a text model is asked. */
export interface TextInput {
  readonly prompt: string;
  readonly system?: string;
  readonly temperature?: number;
  readonly topP?: number;
  readonly maxTokens: number;
  readonly stopSequences?: readonly string[];
}

export interface TextOutput {
  readonly text: string;
  readonly stopReason: string;
  readonly usage: { readonly inputTokens: number; readonly outputTokens: number };
}

export interface TextModels {
  /** Throws `ApiError`; gives up at `deadline` (epoch milliseconds). */
  generate(input: TextInput, deadline: number): Promise<TextOutput>;
}

/** A guardrail: resolves where content passes, throws `ApiError` where it does not, or cannot be checked. */
export interface Guardrail {
  checkInput(text: string, images: readonly Uint8Array[], deadline: number): Promise<void>;
  checkOutput(image: GeneratedImage, deadline: number): Promise<void>;
  checkText(text: string, deadline: number): Promise<void>;
}

/** An image that lies in the bucket. */
export interface StoredImage {
  readonly key: string;
  readonly seed?: number;
  readonly contentType: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  /** Its background was removed. */
  readonly isCutOut?: boolean;
}

export interface ImageStore {
  /** Gives up at `deadline` (epoch milliseconds). */
  put(key: string, image: GeneratedImage, deadline: number): Promise<StoredImage>;
  /** What an earlier, interrupted attempt left at the key. */
  find(key: string): Promise<StoredImage | undefined>;
  read(key: string): Promise<Uint8Array>;
  /** As `read`; undefined where there is no such object. */
  readIfExists(key: string): Promise<Uint8Array | undefined>;
  remove(keys: readonly string[]): Promise<void>;
}

/** Texts in the bucket. */
export interface Documents {
  /** Gives up at `deadline` (epoch milliseconds). */
  write(key: string, text: string, deadline: number): Promise<void>;
  read(key: string): Promise<Uint8Array>;
}

/** Some of several images can fail. */
export interface FailedImage {
  readonly seed?: number;
  readonly code: string;
  readonly detail: string;
}

/** The record of one request that gave at least one image, or of a job that is to. Times are epoch milliseconds. */
export interface ImageRecord {
  readonly owner: string;
  readonly id: string;
  readonly model: string;
  /** What is kept of it: itself, `sha256:<hex>` or nothing, as the operator chose. */
  readonly prompt?: string;
  /** What a text model made of it. */
  readonly enhancedPrompt?: string;
  /** Of an edit. */
  readonly operation?: string;
  readonly createdAt: number;
  /** Of a job absent until then. */
  readonly completedAt?: number;
  /** The images are gone after this, whatever S3 still holds. */
  readonly imageExpiresAt: number;
  readonly images: readonly StoredImage[];
  readonly failures: readonly FailedImage[];
  /** Of a job: the first image's. */
  readonly seed?: number;
  /** Absent where all is done. */
  readonly job?: JobState;
  /** What became of the job is still to be told. */
  readonly unannounced?: true;
}

/** What was asked for together. */
export interface Batch {
  readonly owner: string;
  readonly id: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** Ids, in the order of the requests. */
  readonly images: readonly string[];
  readonly expirationDays: number;
}

export interface Batches {
  /** Gives up at `deadline` (epoch milliseconds). */
  put(batch: Batch, deadline: number): Promise<void>;
  get(owner: string, id: string): Promise<Batch | undefined>;
}

export interface RecordPage {
  readonly records: readonly ImageRecord[];
  /** Id of the last record, where there are more. */
  readonly cursor?: string;
}

export interface ImageRecords {
  /** Gives up at `deadline` (epoch milliseconds). */
  put(record: ImageRecord, deadline: number): Promise<void>;
  /** As `put`, unless there is one already. */
  create(record: JobRecord, deadline: number): Promise<void>;
  /** Answers whether `previous`, of a job, was still there as it is. Gives up at `deadline`. */
  replace(record: JobRecord, previous: JobRecord, deadline: number): Promise<boolean>;
  /** Notes that what became of the job was told, if the record is still as it was. Gives up at `deadline`. */
  markPublished(record: ImageRecord, deadline: number): Promise<void>;
  get(owner: string, id: string): Promise<ImageRecord | undefined>;
  /** Newest first. */
  list(owner: string, limit: number, cursor?: string): Promise<RecordPage>;
  remove(owner: string, id: string): Promise<void>;
  /** Answers whether the job was still there as it is. */
  cancel(record: JobRecord): Promise<boolean>;
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
  /** When the first attempt began: its images expire by that. */
  readonly createdAt: number;
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
  /** Writes the claim whatever is there. */
  replace(claim: Claim): Promise<void>;
  /** Overwrites our own claim with its outcome. Of one that another attempt has taken over only `done` gets the better. Gives up at `deadline` (epoch milliseconds). */
  settle(claim: Claim, deadline: number): Promise<void>;
  /** Lets the key be used again: nothing came of our attempt. One that another attempt has taken over stays. */
  release(claim: Claim, deadline: number): Promise<void>;
}

export interface Clock {
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}
