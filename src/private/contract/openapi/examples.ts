import { problem } from '../errors';

/** Examples of the document. All are about the same images. */

export const EXAMPLE_ID = '01KAJ3W0V5E2M8Q9XG7T4R6B1N';
export const FILTERED_DETAIL = 'the model filtered the prompt; change the request, because the same request is filtered again';
export const EXAMPLE_REQUEST_ID = 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef';
export const EXAMPLE_MODEL = 'stability.stable-image-core-v1:1';
export const EXAMPLE_PROMPT = 'a lighthouse in a storm';
/** A white PNG of the smallest size that edits accept, so that tools can send the examples. */
export const EXAMPLE_PNG = 'iVBORw0KGgoAAAANSUhEUgAAAEAAAABAAQAAAACCEkxzAAAAEklEQVR42mP4DwUMo4xRBukMAOPT/hAC2mzjAAAAAElFTkSuQmCC';
const CREATED = '2026-11-21T12:00:00.250Z';
const COMPLETED = '2026-11-21T12:00:04.100Z';
const URL_EXPIRES = '2026-11-21T13:00:00.000Z';
const BUCKET = 'https://bucket.s3.us-west-2.amazonaws.com';
const FILE = { seed: 2_130_420_379, contentType: 'image/png', width: 1024, height: 1024 } as const;

const BY_URL = { url: `${BUCKET}/images/01KAJ3W0V5E2M8Q9XG7T4R6B1N.png?X-Amz-Signature=0123`, expiresAt: URL_EXPIRES, ...FILE } as const;

export const IMAGE_EXAMPLE = {
  id: EXAMPLE_ID,
  status: 'succeeded',
  model: EXAMPLE_MODEL,
  prompt: EXAMPLE_PROMPT,
  parameters: { aspectRatio: '1:1', seed: FILE.seed, outputFormat: 'png' },
  createdAt: CREATED,
  completedAt: COMPLETED,
  imageExpiresAt: '2026-12-21T12:00:00.250Z',
  images: [BY_URL],
  estimatedCostUsd: 0.04,
} as const;

export const INLINE_EXAMPLE = { ...IMAGE_EXAMPLE, images: [{ ...FILE, base64: EXAMPLE_PNG, width: 64, height: 64 }] } as const;

export const EXPIRED_EXAMPLE = { ...IMAGE_EXAMPLE, status: 'expired', images: [FILE] } as const;

const { completedAt: _, estimatedCostUsd: __, ...INCOMPLETE } = IMAGE_EXAMPLE;

export const QUEUED_EXAMPLE = { ...INCOMPLETE, status: 'queued', images: [], ageSeconds: 0, attempts: 0, estimatedSeconds: 5 } as const;

export const FAILED_EXAMPLE = {
  ...INCOMPLETE,
  status: 'failed',
  images: [],
  ageSeconds: 12,
  attempts: 1,
  problem: problem('CONTENT_FILTERED', FILTERED_DETAIL, EXAMPLE_REQUEST_ID, { charged: 'maybe', filtered: 'prompt' }),
} as const;

const OTHER_ID = '01KAJ3W0V6E2M8Q9XG7T4R6B1P';

export const BATCH_CREATED_EXAMPLE = {
  id: '01KAJ3W0V4E2M8Q9XG7T4R6B1M',
  images: [{ id: EXAMPLE_ID, status: 'queued' }, { id: OTHER_ID, status: 'queued' }],
  estimatedSeconds: 8,
} as const;

export const BATCH_EXAMPLE = {
  id: BATCH_CREATED_EXAMPLE.id,
  createdAt: CREATED,
  counts: { succeeded: 1, failed: 1 },
  images: [{ id: EXAMPLE_ID, status: 'succeeded' }, { id: OTHER_ID, status: 'failed', problem: FAILED_EXAMPLE.problem }],
} as const;

export const EDIT_EXAMPLE = {
  ...IMAGE_EXAMPLE,
  model: 'stability.stable-outpaint-v1:0',
  operation: 'outpaint',
  parameters: { right: 256, seed: FILE.seed, outputFormat: 'png' },
  source: { id: '01KAJ3VT6D0S8N3ZYRE5H2W7CK', index: 0 },
  images: [{ ...BY_URL, width: 1280 }],
  estimatedCostUsd: 0.06,
} as const;

export const LIST_EXAMPLE = { images: [IMAGE_EXAMPLE], cursor: EXAMPLE_ID } as const;

export const UPLOAD_EXAMPLE = {
  id: EXAMPLE_ID,
  url: `${BUCKET}/`,
  fields: { 'key': `images/uploads/${EXAMPLE_ID}`, 'Content-Type': 'image/png', 'Policy': 'eyJleHBpcmF0aW9uIjoi', 'X-Amz-Signature': '0123' },
  maxBytes: 26_214_400,
  expiresAt: '2026-11-21T12:15:00.250Z',
} as const;

export const TEXT_EXAMPLE = {
  text: 'Light of the North', stopReason: 'end_turn', usage: { inputTokens: 6, outputTokens: 5 }, model: 'amazon.nova-2-lite-v1:0',
} as const;

export const MODELS_EXAMPLE = {
  models: [{
    id: EXAMPLE_MODEL,
    alias: 'stable-image-core',
    name: 'Stable Image Core',
    provider: 'Stability AI',
    priceUsd: 0.04,
    default: true,
    region: 'us-west-2',
    lifecycle: { status: 'active' },
    imagesPerCall: 1,
    typicalSeconds: 5,
    parameters: {
      prompt: { type: 'text', minLength: 1, maxLength: 10_000, required: true },
      aspectRatio: { type: 'choice', values: ['16:9', '1:1', '9:16'], default: '1:1' },
      outputFormat: { type: 'choice', values: ['png', 'jpeg'], default: 'png' },
      count: { type: 'integer', minimum: 1, maximum: 4, default: 1 },
    },
  }],
} as const;

const CREATED_SECONDS = 1_795_262_400;

export const OPENAI_IMAGES_EXAMPLE = {
  created: CREATED_SECONDS,
  data: [{ b64_json: EXAMPLE_PNG }],
  output_format: 'png',
  size: '1024x1024',
  quality: 'low',
  background: 'opaque',
  usage: { input_tokens: 0, input_tokens_details: { image_tokens: 0, text_tokens: 0 }, output_tokens: 0, total_tokens: 0 },
  id: EXAMPLE_ID,
} as const;

export const OPENAI_MODELS_EXAMPLE = {
  object: 'list', data: [{ id: EXAMPLE_MODEL, object: 'model', created: CREATED_SECONDS, owned_by: 'Stability AI' }],
} as const;
