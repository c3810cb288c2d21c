import { signUrl } from './signed-urls';
import { problem } from '../../private/contract/errors';
import { INLINE_MAX_BYTES } from '../../private/contract/requests';
import type { ImageResponse, ImageFailure, ImageView } from '../../private/contract/responses';
import type { GenerationResult } from '../generation/create-images';
import type { UrlSigner, GeneratedImage } from '../generation/ports';
import { isJob, type ImageRecord, type StoredImage } from '../generation/records';
import type { DeliveredImage } from '../generation/store-image';
import { ApiError } from '../shared/errors';

interface Prompts {
  readonly prompt?: string;
  readonly enhancedPrompt?: string;
}

export interface ResponseContext {
  readonly signer: UrlSigner;
  readonly presignTtlSeconds: number;
  readonly now: () => number;
}

/** What a client is told of a record: freshly signed, or expired. */
export async function recordResponse(record: ImageRecord, context: ResponseContext): Promise<ImageResponse> {
  return answer(record, await Promise.all(record.images.map((image) => urlView(image, record, context))), record.failures, record, context);
}

/** What a client is told of the images that it just asked for. */
export async function generationResponse(generated: GenerationResult, inline: boolean, context: ResponseContext): Promise<ImageResponse> {
  const { record, images, recorded } = generated;
  // what is stored nowhere can only travel in this answer, so it has the room first
  const homeless = images.filter(({ stored }) => !stored);
  const wanted = images.filter(({ generated }) => generated);
  const fitting = inline && bytesOf(wanted) <= INLINE_MAX_BYTES ? new Set(wanted) : fitInto(homeless, INLINE_MAX_BYTES);

  const views = (await Promise.all(images.map((image) => viewOf(image, fitting.has(image), record, context)))).flatMap((view) => view ?? []);
  if (views.length === 0) throw storageError(homeless);
  const delivered = new Set(homeless.filter((image) => fitting.has(image)).map(({ storageFailure }) => storageFailure));
  const failures = record.failures.filter((failure) => !delivered.has(failure));
  const warning = warningOf(homeless.length > 0, recorded, inline && views.some(({ url }) => url));
  // whoever sent the prompt may see it, whatever of it is kept
  const told = generated.prompt === undefined ? record : generated;
  return { ...answer(record, views, failures, told, context), ...(warning && { warning }) };
}

function warningOf(homeless: boolean, recorded: boolean, tooLarge: boolean): string | undefined {
  if (homeless) return 'STORAGE_FAILED';
  if (!recorded) return 'RECORD_FAILED';
  return tooLarge ? 'INLINE_TOO_LARGE' : undefined;
}

function bytesOf(images: readonly DeliveredImage[]): number {
  return images.reduce((sum, { generated }) => sum + (generated?.bytes.byteLength ?? 0), 0);
}

/** As many as there is room for, in their order. */
function fitInto(images: readonly DeliveredImage[], room: number): Set<DeliveredImage> {
  const fitting = new Set<DeliveredImage>();
  for (const image of images) {
    if (bytesOf([...fitting, image]) <= room) fitting.add(image);
  }
  return fitting;
}

async function viewOf(
  { generated, stored }: DeliveredImage, inline: boolean, record: ImageRecord, context: ResponseContext,
): Promise<ImageView | undefined> {
  if (generated && inline) return inlineView(generated);
  return stored && urlView(stored, record, context);
}

/** None of the images that were paid for can be handed out. `seedName`: what the client calls the seed. */
export function storageError(images: readonly DeliveredImage[], seedName = 'seed'): ApiError {
  const seeds = images.flatMap(({ generated }) => generated?.seed ?? []).join(', ');
  return new ApiError('INTERNAL', `the image was drawn but could not be stored${seeds && `; the same request with ${seedName} ${seeds} draws it again`}`);
}

function answer(
  record: ImageRecord, images: readonly ImageView[], failures: readonly ImageFailure[], { prompt, enhancedPrompt }: Prompts, { now }: ResponseContext,
): ImageResponse {
  const { id, model, operation, completedAt } = record;
  return {
    id,
    ...stateOf(record, now()),
    model,
    ...(operation !== undefined && { operation }),
    ...(prompt !== undefined && { prompt }),
    ...(enhancedPrompt !== undefined && { enhancedPrompt }),
    createdAt: new Date(record.createdAt).toISOString(),
    ...(completedAt !== undefined && { completedAt: new Date(completedAt).toISOString() }),
    imageExpiresAt: new Date(record.imageExpiresAt).toISOString(),
    images,
    ...(failures.length > 0 && { failures }),
  };
}

/** How far the images are, and of a job what became of it. */
export function stateOf(record: ImageRecord, now: number): Pick<ImageResponse, 'status' | 'ageSeconds' | 'attempts' | 'problem'> {
  if (!isJob(record)) return { status: record.imageExpiresAt > now ? 'succeeded' : 'expired' };
  const { createdAt, job: { state, attempts, failure } } = record;
  return {
    status: state,
    ageSeconds: Math.floor((now - createdAt) / 1000),
    attempts,
    ...(failure && { problem: problem(failure.code, failure.detail, failure.requestId) }),
  };
}

async function urlView({ key, seed, contentType, width, height }: StoredImage, record: ImageRecord, context: ResponseContext): Promise<ImageView> {
  const signed = await signUrl(context.signer, key, record.imageExpiresAt, context.presignTtlSeconds, context.now());
  return { ...signed, seed, contentType, width, height };
}

function inlineView({ bytes, seed, contentType, width, height }: GeneratedImage): ImageView {
  return { base64: base64(bytes), seed, contentType, width, height };
}

export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
