import { checkDeadline, finishDeadline } from './deadlines';
import type { GeneratedImage, Guardrail, ImageStore } from './ports';
import type { FailedImage, StoredImage } from './records';
import { isRepeatable, type RequestContext } from './types';
import { ApiError, internal, isFiltered } from '../shared/errors';
import { describeCause, type Logger } from '../shared/log';

export interface StoreImagePorts {
  readonly store: ImageStore;
  /** Only with a guardrail. */
  readonly guard?: Guardrail;
  readonly log: Logger;
}

/** An image that was paid for: at least one of the two is there. */
export interface DeliveredImage {
  readonly generated?: GeneratedImage;
  readonly stored?: StoredImage;
  /** What later readers of the record are told of an image that only the first answer could carry. */
  readonly storageFailure?: FailedImage;
}

/** Passes an image by the guardrail and stores it. */
export async function checkAndStore(key: string, generated: GeneratedImage, caller: RequestContext, ports: StoreImagePorts): Promise<DeliveredImage> {
  const { deadline } = caller;
  try {
    await ports.guard?.checkOutput(generated, checkDeadline(deadline));
  } catch (error) {
    if (isFiltered(error)) throw error;
    // unchecked it goes to nobody, but it is paid for: another attempt finds it in the bucket and has it checked then
    if (isRepeatable(caller) && await store(key, generated, deadline, ports)) throw resumable(error);
    // no word of trying again: each time would be charged
    throw new ApiError('MODEL_ERROR', 'the image was drawn, and charged, but could not be checked by the guardrail, so it cannot be handed out; '
      + 'with an Idempotency-Key, a repeated request has it checked again instead of drawing another', { cause: error instanceof ApiError ? error.cause : error });
  }
  const stored = await store(key, generated, deadline, ports);
  if (stored) return { generated, stored };
  return {
    generated,
    storageFailure: { seed: generated.seed, code: 'INTERNAL', detail: 'the image was drawn but could not be stored; the same request with this seed draws it again' },
  };
}

/** An image that an earlier attempt left, which perhaps no guardrail has looked at. */
export async function checkExisting(left: StoredImage, deadline: number, { guard, store: images, log }: StoreImagePorts): Promise<DeliveredImage> {
  if (!guard) return { stored: left };
  try {
    const generated = { ...left, bytes: await images.read(left.key) };
    await guard.checkOutput(generated, checkDeadline(deadline));
    return { generated, stored: left };
  } catch (error) {
    if (!isFiltered(error)) throw resumable(error);
    await images.remove([left.key]).catch((cause) => log.error('image not removed', describeCause(cause)));
    throw error;
  }
}

/** As it failed, with what was paid for kept in the bucket for the next attempt. */
export function resumable(error: unknown): ApiError {
  const { code, message, cause, retryAfterSeconds } = error instanceof ApiError ? error : internal(error);
  return new ApiError(code, message, { cause, retryAfterSeconds, resumable: true });
}

/** Undefined if the bucket does not take it: the image is paid for and must still reach the caller. */
async function store(key: string, image: GeneratedImage, deadline: number, ports: StoreImagePorts): Promise<StoredImage | undefined> {
  try {
    return await ports.store.put(key, image, finishDeadline(deadline));
  } catch (cause) {
    ports.log.error('image not stored', describeCause(cause));
    return undefined;
  }
}
