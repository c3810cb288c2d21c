import { INLINE_MAX_BYTES } from '../../private/contract/requests';
import type { GenerationResult } from '../generation/create-images';
import type { ImageStore } from '../generation/ports';
import type { DeliveredImage } from '../generation/store-image';
import { describeCause, type Logger } from '../shared/log';

/** A repeated request gets what the first would have: the bytes, of images that only lie in the bucket by now. */
export async function loadImageBytes(generated: GenerationResult, { store, log }: { readonly store: ImageStore; readonly log: Logger }): Promise<GenerationResult> {
  const stored = generated.images.reduce((sum, image) => sum + (image.generated ? 0 : image.stored?.bytes ?? 0), 0);
  if (stored > INLINE_MAX_BYTES) return generated;
  const images = await Promise.all(generated.images.map(async (image): Promise<DeliveredImage> => {
    if (image.generated || !image.stored) return image;
    try {
      return { ...image, generated: { ...image.stored, bytes: await store.read(image.stored.key) } };
    } catch (cause) {
      // it is paid for, and a URL takes no reading
      log.error('image not read', describeCause(cause));
      return image;
    }
  }));
  return { ...generated, images };
}
