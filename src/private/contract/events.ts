/** The image events on the default event bus. */

/** The `source` of all events. */
export const EVENT_SOURCE = 'cdk-genai-image-api';

export const IMAGE_OUTCOMES = ['succeeded', 'failed', 'deleted'] as const;
export type ImageOutcome = typeof IMAGE_OUTCOMES[number];

/** The `detail-type` for each outcome. */
export const DETAIL_TYPES = { succeeded: 'Image Succeeded', failed: 'Image Failed', deleted: 'Image Deleted' } as const;

/** Version of the event detail. It changes if a field is removed or its meaning changes, and not if a field is added. */
export const EVENT_VERSION = '1';

export interface ImageEventDetail {
  readonly version: typeof EVENT_VERSION;
  /** Id of the REST API. */
  readonly api: string;
  readonly id: string;
  readonly owner: string;
  readonly status: ImageOutcome;
  readonly model: string;
  readonly operation?: string;
  /** Prompt, as `promptPolicy` stores it. Present if a rule includes the prompt. */
  readonly prompt?: string;
  readonly createdAt: string;
  readonly completedAt?: string;
  readonly imageExpiresAt?: string;
  /** Objects in the bucket. Empty if the outcome is `failed` or `deleted`. */
  readonly images: readonly {
    readonly bucket: string;
    readonly key: string;
    readonly contentType: string;
    readonly width: number;
    readonly height: number;
    readonly bytes: number;
    readonly seed?: number;
  }[];
  /** Errors of the images that could not be generated or stored. */
  readonly failures?: readonly { readonly code: string; readonly detail: string; readonly seed?: number }[];
}
