import type { ImageAnswer, ImageView } from '../../private/contract/answers';
import { INLINE_MAX_BYTES } from '../../private/contract/requests';
import { ApiError } from '../errors';
import type { DeliveredImage, Generated } from '../generation/draw';
import type { DrawnImage, ImageRecord, StoredImage } from '../generation/ports';
import { signUrl, type UrlSigner } from '../storage/signed-urls';

export interface AnswerContext {
  readonly signer: UrlSigner;
  readonly presignTtlSeconds: number;
  readonly now: () => number;
}

/** What a client is told of a record: freshly signed, or expired. */
export async function recordAnswer(record: ImageRecord, context: AnswerContext): Promise<ImageAnswer> {
  return answer(record, await Promise.all(record.images.map((image) => urlView(image, record, context))), context);
}

/** What a client is told of the images that it just asked for. */
export async function generatedAnswer({ record, images, warning }: Generated, inline: boolean, context: AnswerContext): Promise<ImageAnswer> {
  // an image that is stored nowhere can only travel inline
  const bytes = images.reduce((sum, { drawn, stored }) => sum + (drawn && (inline || !stored) ? drawn.bytes.byteLength : 0), 0);
  const fits = bytes <= INLINE_MAX_BYTES;
  const views = await Promise.all(images.map((image) => deliver(image, inline && fits, fits, record, context)));
  const note = warning ?? (inline && !views.every(({ base64 }) => base64) ? 'INLINE_TOO_LARGE' : undefined);
  return { ...answer(record, views, context), ...(note && { warning: note }) };
}

function deliver(image: DeliveredImage, inline: boolean, fits: boolean, record: ImageRecord, context: AnswerContext): Promise<ImageView> | ImageView {
  const { drawn, stored } = image;
  if (stored && !(inline && drawn)) return urlView(stored, record, context);
  if (!drawn || !fits) {
    throw new ApiError('INTERNAL', `the image was drawn but could not be stored; the same request with seed ${drawn?.seed} draws it again`);
  }
  return inlineView(drawn);
}

function answer(record: ImageRecord, images: readonly ImageView[], { now }: AnswerContext): ImageAnswer {
  const { id, model, prompt, failures } = record;
  return {
    id,
    status: record.imageExpiresAt > now() ? 'succeeded' : 'expired',
    model,
    prompt,
    createdAt: new Date(record.createdAt).toISOString(),
    imageExpiresAt: new Date(record.imageExpiresAt).toISOString(),
    images,
    ...(failures.length > 0 && { failures }),
  };
}

async function urlView({ key, seed, contentType, width, height }: StoredImage, record: ImageRecord, context: AnswerContext): Promise<ImageView> {
  const signed = await signUrl(context.signer, key, record.imageExpiresAt, context.presignTtlSeconds, context.now());
  return { ...signed, seed, contentType, width, height };
}

function inlineView({ bytes, seed, contentType, width, height }: DrawnImage): ImageView {
  return { base64: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'), seed, contentType, width, height };
}
