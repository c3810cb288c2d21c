import type { Batch, Claim, ImageRecord, JobMessage, JobRecord, StoredImage } from './storage/records';
import type { ImageOutcome } from '../../private/contract/events';
import type { ApiError } from '../shared/api-error';

/**
 * The interfaces through which generation and jobs use AWS. src/handlers/adapters and src/handlers/models implement them. A parameter
 * `deadline` is in epoch milliseconds: the call is aborted at that time.
 */

/** The parameters of one model call, named as in the API. The adapter of the model family sends the supported ones. */
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
  /** Value of the model's parameter `mode`, for image-to-image. */
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
  /** Image files. */
  readonly image?: Uint8Array;
  readonly mask?: Uint8Array;
  readonly styleImage?: Uint8Array;
  /** Absent for models without seeds. */
  readonly seed?: number;
  /** Number of images that the call returns. */
  readonly count: number;
  readonly outputFormat: string;
}

export interface GeneratedImage {
  readonly bytes: Uint8Array;
  /** Absent for models without seeds. */
  readonly seed?: number;
  readonly contentType: string;
  readonly width: number;
  readonly height: number;
  /** Whether the background was removed. */
  readonly isCutOut?: boolean;
  /** Whether the removal of the background failed and may have been charged. */
  readonly isRemovalCharged?: boolean;
}

export interface Model {
  /** The id in requests and records. */
  readonly id: string;
  /** What is invoked: a model id, an inference profile, an ARN or the name of an endpoint. */
  readonly invokedId: string;
  readonly region: string;
  readonly family: string;
  readonly service: 'bedrock' | 'sagemaker';
  /** Price of one image in US dollars. Absent if it is not known. */
  readonly priceUsd?: number;
}

export interface ImageModels {
  /**
   * Calls a model once. Returns one result per requested image, in order: the image or the error. Throws an `ApiError` if there is no
   * image at all.
   */
  generate(model: Model, input: GenerationInput, deadline: number): Promise<readonly (GeneratedImage | ApiError)[]>;
}

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
  /** Absent if the price is not known. */
  readonly estimatedCostUsd?: number;
}

export interface TextModels {
  /** Throws an `ApiError`. */
  generate(input: TextInput, deadline: number): Promise<TextOutput>;
}

/** A guardrail. Each method throws an `ApiError` if the content is filtered or cannot be checked. */
export interface Guardrail {
  checkInput(text: string, images: readonly Uint8Array[], deadline: number): Promise<void>;
  checkOutput(image: GeneratedImage, deadline: number): Promise<void>;
  checkText(text: string, deadline: number): Promise<void>;
}

/** The images of the bucket. */
export interface ImageStore {
  put(key: string, image: GeneratedImage, deadline: number): Promise<StoredImage>;
  /** Returns the image that an earlier, interrupted request stored at the key. */
  find(key: string): Promise<StoredImage | undefined>;
  /** Returns the image if exactly this file is stored at the key. S3 can store an object although the response of its write is lost. */
  findSame(key: string, image: GeneratedImage, deadline: number): Promise<StoredImage | undefined>;
  read(key: string): Promise<Uint8Array>;
  /** Reads an object. Returns undefined if it does not exist. */
  readIfExists(key: string): Promise<Uint8Array | undefined>;
  remove(keys: readonly string[]): Promise<void>;
}

/** The JSON documents of the bucket. */
export interface Documents {
  write(key: string, text: string, deadline: number): Promise<void>;
  read(key: string): Promise<Uint8Array>;
}

/** Signs presigned URLs. */
export interface UrlSigner {
  /** `expiresIn`: seconds. */
  sign(key: string, signedAt: Date, expiresIn: number): Promise<string>;
}

export interface UploadOptions {
  readonly contentType: string;
  readonly maxBytes: number;
  /** Seconds. */
  readonly expiresIn: number;
}

/** URL and form fields of a presigned POST. */
export interface SignedUpload {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** Signs presigned POSTs. */
export interface UploadSigner {
  signUpload(key: string, options: UploadOptions): Promise<SignedUpload>;
}

export interface RecordPage {
  readonly records: readonly ImageRecord[];
  /** Id of the last record, if there are more. */
  readonly cursor?: string;
}

export interface ImageRecords {
  put(record: ImageRecord, deadline: number): Promise<void>;
  /** Writes a record unless it exists. */
  create(record: JobRecord, deadline: number): Promise<void>;
  /** Replaces a job's record. Returns whether its revision was still that of `previous`. */
  replace(record: JobRecord, previous: JobRecord, deadline: number): Promise<boolean>;
  /** Removes `eventPending` from a record, unless the record has changed. */
  markPublished(record: ImageRecord, deadline: number): Promise<void>;
  get(owner: string, id: string): Promise<ImageRecord | undefined>;
  /** Lists the records of an owner, newest first. */
  list(owner: string, limit: number, cursor?: string): Promise<RecordPage>;
  remove(owner: string, id: string): Promise<void>;
  /** Notes until `expiresAt` (epoch milliseconds) that a record was deleted by its owner. */
  markDeleted(owner: string, id: string, expiresAt: number): Promise<void>;
  /** Returns whether a record was marked as deleted. */
  wasDeleted(owner: string, id: string): Promise<boolean>;
  /** Deletes a job's record. Returns whether it still had this revision. */
  cancel(record: JobRecord): Promise<boolean>;
}

export interface Batches {
  put(batch: Batch, deadline: number): Promise<void>;
  get(owner: string, id: string): Promise<Batch | undefined>;
}

export interface Claims {
  /**
   * Writes a claim. Returns undefined if the claim was written, and the existing claim if it has not expired. `supersedes`: the claim to
   * replace, whose lease has ended.
   */
  take(claim: Claim, now: number, supersedes?: Claim): Promise<Claim | undefined>;
  /** Writes a claim unconditionally. */
  replace(claim: Claim): Promise<void>;
  /** Updates a claim. If another request holds the claim, writes only the state `done`, and only if the stored state is not `done`. */
  update(claim: Claim, deadline: number): Promise<void>;
  /** Deletes a claim, unless another request has taken it over. */
  release(claim: Claim, deadline: number): Promise<void>;
}

/** A UTC day such as `2026-11-27` of an owner or, without one, of the API. */
export interface BudgetDay {
  readonly owner?: string;
  readonly day: string;
}

export interface BudgetReservation {
  readonly isReserved: boolean;
  /** What was spent and reserved on the day, in millionths of a US dollar. */
  readonly spentMicroUsd: number;
}

/** What was spent on each day. Amounts are in millionths of a US dollar. */
export interface Budgets {
  /** Adds an amount to what was spent, unless the sum exceeds the limit. */
  reserve(day: BudgetDay, amount: number, limit: number, deadline: number): Promise<BudgetReservation>;
  /** Adds a positive or negative amount, at most once. */
  add(day: BudgetDay, amount: number, deadline: number): Promise<void>;
  spent(day: BudgetDay): Promise<number>;
}

/** The SQS queue of jobs and its dead-letter queue. */
export interface JobQueue {
  /** `delaySeconds`: up to 900. */
  send(message: JobMessage, delaySeconds?: number): Promise<void>;
  sendToDeadLetterQueue(message: JobMessage): Promise<void>;
  /** Changes the visibility timeout of a received message. */
  changeVisibility(receipt: string, seconds: number): Promise<void>;
  /** Returns the approximate number of messages: visible, in flight and delayed. */
  approximateDepth(): Promise<number>;
}

export interface EventPublisher {
  /** `time`: the event's time, in epoch milliseconds. */
  publish(outcome: ImageOutcome, record: ImageRecord, time: number, deadline: number): Promise<void>;
}

export interface Clock {
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}
