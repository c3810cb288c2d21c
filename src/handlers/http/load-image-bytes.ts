import { INLINE_MAX_BYTES } from '../../private/contract/request-limits';
import type { GenerationResult } from '../generation/image-generator';
import type { ImageStore } from '../generation/ports';
import type { ResultImage } from '../generation/storage/store-image';
import { describeCause, type Logger } from '../shared/log';

/** Reads stored images from S3, so that the response to a repeated request can contain them inline like the first response. */
export async function loadImageBytes(
  result: GenerationResult, { store, log }: { readonly store: ImageStore; readonly log: Logger },
): Promise<GenerationResult> {
  const storedBytes = result.images.reduce((sum, image) => sum + (image.generated ? 0 : image.stored?.bytes ?? 0), 0);
  if (storedBytes > INLINE_MAX_BYTES) return result;
  const images = await Promise.all(result.images.map(async (image): Promise<ResultImage> => {
    if (image.generated || !image.stored) return image;
    try {
      return { ...image, generated: { ...image.stored, bytes: await store.read(image.stored.key) } };
    } catch (cause) {
      // the response contains the URL instead
      log.error('image not read', describeCause(cause));
      return image;
    }
  }));
  return { ...result, images };
}
