/** What is told about images on the event bus of the account. */

/** The `source` of all events. */
export const EVENT_SOURCE = 'cdk-genai-image-api';

export const IMAGE_OUTCOMES = ['succeeded', 'failed', 'deleted'] as const;
export type ImageOutcome = typeof IMAGE_OUTCOMES[number];

/** The `detail-type` of each. */
export const DETAIL_TYPES = { succeeded: 'Image Succeeded', failed: 'Image Failed', deleted: 'Image Deleted' } as const;

/** Goes up when a field is taken away or means something else; new fields can come at any time. */
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
  /** Only where a rule asks for it; what the operator keeps of it. */
  readonly prompt?: string;
  readonly createdAt: string;
  readonly completedAt?: string;
  readonly imageExpiresAt?: string;
  /** Those in the bucket. */
  readonly images: readonly {
    readonly bucket: string;
    readonly key: string;
    readonly contentType: string;
    readonly width: number;
    readonly height: number;
    readonly bytes: number;
    readonly seed?: number;
  }[];
  /** Why there is none, or of several some are missing. */
  readonly failures?: readonly { readonly code: string; readonly detail: string; readonly seed?: number }[];
}

const TIME = { type: 'string', format: 'date-time' } as const;

export const IMAGE_EVENT_SCHEMA = {
  $id: 'ImageEventDetail',
  type: 'object',
  additionalProperties: false,
  required: ['version', 'api', 'id', 'owner', 'status', 'model', 'createdAt', 'images'],
  properties: {
    version: { const: EVENT_VERSION },
    api: { type: 'string', description: 'Id of the REST API.' },
    id: { type: 'string', description: 'As in `GET /images/{id}`.' },
    owner: { type: 'string', description: 'Whose image it is, as records name it.' },
    status: { enum: IMAGE_OUTCOMES },
    model: { type: 'string' },
    operation: { type: 'string', description: 'Of an edit.' },
    prompt: { type: 'string', description: 'With `includePrompt` only: what `promptPolicy` keeps of it.' },
    createdAt: TIME,
    completedAt: { ...TIME, description: 'When the images were there.' },
    imageExpiresAt: { ...TIME, description: 'The images are gone after this time.' },
    images: {
      type: 'array',
      description: 'Those in the bucket: none of a failed or deleted one.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['bucket', 'key', 'contentType', 'width', 'height', 'bytes'],
        properties: {
          bucket: { type: 'string' },
          key: { type: 'string' },
          contentType: { type: 'string' },
          width: { type: 'integer' },
          height: { type: 'integer' },
          bytes: { type: 'integer' },
          seed: { type: 'integer' },
        },
      },
    },
    failures: {
      type: 'array',
      description: 'Why there is no image, or which of several are missing.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['code', 'detail'],
        properties: { code: { type: 'string' }, detail: { type: 'string' }, seed: { type: 'integer' } },
      },
    },
  },
} as const;
