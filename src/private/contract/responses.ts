/** JSON bodies of the responses of the standard routes. */
import { type ChargeStatus, type FilteredContent, type Problem } from './errors';
import { type LifecycleStatus, type Parameter, type ParameterRules } from './models';

export type ImageStatus = 'queued' | 'running' | 'succeeded' | 'failed' | 'expired';

export interface ImageView {
  /** Presigned URL. Absent if the image has expired or is returned inline. */
  readonly url?: string;
  /** Time after which the URL is not valid. The URL can expire earlier, because AWS rotates the credentials of the function. */
  readonly expiresAt?: string;
  readonly base64?: string;
  readonly seed?: number;
  readonly contentType: string;
  readonly width: number;
  readonly height: number;
}

/** The parameters of a request, by the names of its fields. */
export type ImageParameters = Readonly<Record<string, string | number | boolean | undefined>>;

/** A stored image: one of the images of an id, by its index. Requests name it `<id>/<index>`. */
export interface ImageSource {
  readonly id: string;
  readonly index: number;
}

/** An image that could not be generated or stored. */
export interface ImageFailure {
  /** Absent if the model does not support seeds. */
  readonly seed?: number;
  readonly code: string;
  readonly detail: string;
  /** Whether the image was charged. Absent in records of older versions. */
  readonly charged?: ChargeStatus;
  /** With `CONTENT_FILTERED`. Absent if the filter does not report it. */
  readonly filtered?: FilteredContent;
}

export interface ImageResponse {
  readonly id: string;
  readonly status: ImageStatus;
  readonly model: string;
  /** Edit operation. Present for edits only. */
  readonly operation?: string;
  /** Prompt. When the image is read later, it is the prompt, its hash (`sha256:...`) or absent, as `promptPolicy` defines. */
  readonly prompt?: string;
  /** Prompt that the text model returned and that the image was generated from. */
  readonly enhancedPrompt?: string;
  /**
   * What was sent to the model besides the prompt and the input images. `seed` is that of the first image. When the image is read later, texts such
   * as `negativePrompt` are the text, its hash or absent, like the prompt. Absent for requests that were not enqueued.
   */
  readonly parameters?: ImageParameters;
  /** The image of the caller that the request named by its id as `image`. Absent for uploads and files, and if the API has no owners. */
  readonly source?: ImageSource;
  readonly createdAt: string;
  /** Absent until a job succeeds. */
  readonly completedAt?: string;
  readonly imageExpiresAt: string;
  readonly images: readonly ImageView[];
  readonly failures?: readonly ImageFailure[];
  /** Estimated cost of the model calls in US dollars. Absent if a price is not known, and without images. */
  readonly estimatedCostUsd?: number;
  /** Seconds since the job was enqueued. Absent after it succeeds. */
  readonly ageSeconds?: number;
  /** How many times the job has been started. Absent after it succeeds. */
  readonly attempts?: number;
  /** Error of a failed job. */
  readonly problem?: Problem;
  /** Estimated seconds until a job completes. Present in the response that enqueues it. */
  readonly estimatedSeconds?: number;
  /** `INLINE_TOO_LARGE`, `STORAGE_FAILED`, `RECORD_FAILED` or `SIZE_ADJUSTED`. */
  readonly warning?: string;
}

/** An item of a batch. */
export interface BatchImage {
  readonly id: string;
  /** `deleted` includes cancelled jobs. */
  readonly status: ImageStatus | 'deleted';
  /** Error of a failed item. */
  readonly problem?: Problem;
}

export interface BatchCreatedResponse {
  readonly id: string;
  /** Items in the order of the requests. */
  readonly images: readonly BatchImage[];
  /** Estimated seconds until all jobs complete. */
  readonly estimatedSeconds: number;
}

export interface BatchResponse {
  readonly id: string;
  readonly createdAt: string;
  /** Number of items with each status. */
  readonly counts: Readonly<Partial<Record<BatchImage['status'], number>>>;
  /** Items in the order of the requests. */
  readonly images: readonly BatchImage[];
}

export interface ImageListResponse {
  readonly images: readonly ImageResponse[];
  /** Cursor of the next page. Absent on the last page. */
  readonly cursor?: string;
}

export interface BooleanParameter {
  readonly type: 'boolean';
  readonly required?: true;
  readonly default?: boolean;
}

/** The type and limits of a request field. */
export type FieldParameter = Parameter | BooleanParameter;

export interface ModelLifecycleView {
  readonly status: LifecycleStatus;
  readonly legacySince?: string;
  /** Date (ISO, UTC). */
  readonly endOfLife?: string;
  readonly replacement?: string;
}

/** What models and edits have in common. */
export interface Target {
  readonly id: string;
  readonly name?: string;
  /** Price of one image in US dollars. Absent if it is not known. */
  readonly priceUsd?: number;
  readonly region: string;
  readonly lifecycle: ModelLifecycleView;
  /** Typical duration of a request in seconds. Absent in older versions of the API. */
  readonly typicalSeconds?: number;
  /** Parameters by request field. The API rejects fields that are absent here. */
  readonly parameters: Readonly<Record<string, FieldParameter>>;
  readonly rules?: ParameterRules;
}

/** An image model of this API. */
export interface Model extends Target {
  readonly alias?: string;
  readonly provider?: string;
  /** Whether the model is used by requests without `model`. */
  readonly default: boolean;
  readonly imagesPerCall: number;
}

/** An edit operation of this API. */
export interface Edit extends Target {
  readonly operation: string;
}

export interface TextModelView {
  readonly id: string;
  readonly name?: string;
  readonly provider?: string;
  readonly region: string;
  readonly priceUsdPerMillionTokens?: { readonly input: number; readonly output: number };
  readonly lifecycle: ModelLifecycleView;
  readonly parameters: Readonly<Record<string, FieldParameter>>;
}

export interface Budget {
  /** What the caller can still spend today, in US dollars. */
  readonly remainingUsd: number;
  /** Time at which the next day begins. */
  readonly resetsAt: string;
  /** Budget of a day in US dollars. Absent in older versions of the API. */
  readonly limitUsd?: number;
}

/** The response of `GET /models`: what this API can do. */
export interface Capabilities {
  readonly models: readonly Model[];
  /** Absent if the API has no edits. */
  readonly edits?: readonly Edit[];
  /** Absent if the API has no text model. */
  readonly text?: TextModelView;
  /** Absent if the API has no daily budget. */
  readonly budget?: Budget;
}
