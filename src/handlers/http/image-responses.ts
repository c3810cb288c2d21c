import { signUrl } from './signed-urls';
import { problem } from '../../private/contract/errors';
import { INLINE_MAX_BYTES } from '../../private/contract/request-limits';
import type { ImageResponse, ImageFailure, ImageView } from '../../private/contract/responses';
import type { GenerationResult, RequestedImage } from '../generation/image-generator';
import type { UrlSigner, GeneratedImage } from '../generation/ports';
import { chargeOf } from '../generation/spend/charges';
import { notStored } from '../generation/storage/not-stored';
import { type ImageRecord, type StoredImage, hasJobState } from '../generation/storage/records';
import type { ResultImage } from '../generation/storage/store-image';
import { overdueError } from '../jobs/job-limits';
import type { HandlerContext } from '../requests/context';
import { hasAspectRatio } from '../requests/image-size';
import type { ParsedRequest } from '../requests/parsed-request';

export interface ResponseContext {
  readonly signer: UrlSigner;
  readonly presignTtlSeconds: number;
  readonly now: () => number;
  /** Maximum age of jobs. Absent without a queue. */
  readonly maxJobAgeSeconds?: number;
}

/** Returns what responses need of the context of a handler. */
export function responseContext({ configuration, signer, ports }: HandlerContext): ResponseContext {
  const { presignTtlSeconds, queue } = configuration;
  return { signer, presignTtlSeconds, now: () => ports.clock.now(), maxJobAgeSeconds: queue?.maxAgeSeconds };
}

/** Returns a stored record as a response, with new presigned URLs. */
export async function recordResponse(record: ImageRecord, context: ResponseContext): Promise<ImageResponse> {
  const views = await Promise.all(record.images.map((image) => urlView(image, record, context)));
  return imageResponse(record, { images: views, failures: record.failures }, record, context);
}

/** Returns newly generated images as a response: inline if requested and if they fit, otherwise by URL. */
export async function generationResponse(result: GenerationResult, inline: boolean, context: ResponseContext): Promise<ImageResponse> {
  const { record, images, recorded } = result;
  const unstored = images.filter(({ stored }) => !stored);
  const generated = images.filter((image) => image.generated);
  // only this response can contain images that could not be stored, so they come first
  const inlined = inline && bytesOf(generated) <= INLINE_MAX_BYTES ? new Set(generated) : imagesWithin(unstored, INLINE_MAX_BYTES);

  const views = (await Promise.all(images.map((image) => viewOf(image, inlined.has(image), record, context)))).flatMap((view) => view ?? []);
  if (views.length === 0) throw notStored(unstored);
  const delivered = new Set(unstored.filter((image) => inlined.has(image)).map(({ storageFailure }) => storageFailure));
  const failures = record.failures.filter((failure) => !delivered.has(failure));
  const warning = warningOf(unstored.length > 0, recorded, inline && views.some(({ url }) => url));
  // the response contains the texts as sent, even if the record does not store them
  const requested = result.parameters ? result : record;
  return { ...imageResponse(record, { images: views, failures }, requested, context), ...(warning && { warning }) };
}

function warningOf(isUnstored: boolean, isRecorded: boolean, isTooLarge: boolean): string | undefined {
  if (isUnstored) return 'STORAGE_FAILED';
  if (!isRecorded) return 'RECORD_FAILED';
  return isTooLarge ? 'INLINE_TOO_LARGE' : undefined;
}

/** Adds a warning if an image does not have the requested size, or if the aspect ratio of a job differs from it. Other warnings take precedence. */
export function withSizeWarning(response: ImageResponse, { approximatedSize: size, request }: ParsedRequest): ImageResponse {
  if (!size || response.warning !== undefined) return response;
  const { aspectRatio } = request.input;
  const isAdjusted = response.images.length > 0
    ? response.images.some(({ width, height }) => width !== size.width || height !== size.height)
    : aspectRatio !== undefined && !hasAspectRatio(size, aspectRatio);
  return isAdjusted ? { ...response, warning: 'SIZE_ADJUSTED' } : response;
}

function bytesOf(images: readonly ResultImage[]): number {
  return images.reduce((sum, { generated }) => sum + (generated?.bytes.byteLength ?? 0), 0);
}

/** Returns as many images as fit, in their order. */
function imagesWithin(images: readonly ResultImage[], maxBytes: number): Set<ResultImage> {
  const fitting = new Set<ResultImage>();
  for (const image of images) {
    if (bytesOf([...fitting, image]) <= maxBytes) fitting.add(image);
  }
  return fitting;
}

async function viewOf(
  { generated, stored }: ResultImage, inline: boolean, record: ImageRecord, context: ResponseContext,
): Promise<ImageView | undefined> {
  if (generated && inline) return inlineView(generated);
  return stored && urlView(stored, record, context);
}

/** The images of a response. */
interface ReturnedImages {
  readonly images: readonly ImageView[];
  readonly failures: readonly ImageFailure[];
}

function imageResponse(
  record: ImageRecord, { images, failures }: ReturnedImages, requested: RequestedImage, { now, maxJobAgeSeconds }: ResponseContext,
): ImageResponse {
  const { id, model, operation, completedAt, estimatedCostUsd } = record;
  const { prompt, enhancedPrompt, parameters, source } = requested;
  return {
    id,
    ...statusOf(record, now(), maxJobAgeSeconds),
    model,
    ...(operation !== undefined && { operation }),
    ...(prompt !== undefined && { prompt }),
    ...(enhancedPrompt !== undefined && { enhancedPrompt }),
    ...(parameters && { parameters }),
    ...(source && { source }),
    createdAt: new Date(record.createdAt).toISOString(),
    ...(completedAt !== undefined && { completedAt: new Date(completedAt).toISOString() }),
    imageExpiresAt: new Date(record.imageExpiresAt).toISOString(),
    images,
    ...(failures.length > 0 && { failures }),
    ...(estimatedCostUsd !== undefined && { estimatedCostUsd }),
  };
}

/** Returns the status of a record and, for a job, its age, attempts and failure. */
export function statusOf(
  record: ImageRecord, now: number, maxJobAgeSeconds: number | undefined,
): Pick<ImageResponse, 'status' | 'ageSeconds' | 'attempts' | 'problem'> {
  if (!hasJobState(record)) return { status: record.imageExpiresAt > now ? 'succeeded' : 'expired' };
  const { createdAt, job: { state, attempts, failure } } = record;
  const overdue = overdueError(record, now, maxJobAgeSeconds);
  return {
    status: overdue ? 'failed' : state,
    ageSeconds: Math.floor((now - createdAt) / 1000),
    attempts,
    ...(state === 'failed' && failure && {
      problem: problem(failure.code, failure.detail, failure.requestId, { charged: chargeOf(failure), filtered: failure.filtered }),
    }),
    // no request has failed the job, and the log lines of its requests contain its id
    ...(overdue && { problem: problem(overdue.code, overdue.message, record.id, { charged: chargeOf(overdue) }) }),
  };
}

async function urlView(
  { key, seed, contentType, width, height }: StoredImage, { imageExpiresAt }: ImageRecord, { signer, presignTtlSeconds, now }: ResponseContext,
): Promise<ImageView> {
  const signed = await signUrl(signer, key, { now: now(), imageExpiresAt, ttlSeconds: presignTtlSeconds });
  return { ...signed, seed, contentType, width, height };
}

function inlineView({ bytes, seed, contentType, width, height }: GeneratedImage): ImageView {
  return { base64: base64(bytes), seed, contentType, width, height };
}

/** Encodes bytes without a copy of them. */
export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
