import { INLINE_MAX_BYTES } from '../../private/contract/requests';
import type { Generated } from '../generation/draw';
import type { DeliveredImage } from '../generation/keep';
import type { ImageStore } from '../generation/ports';

/** A repeated request gets what the first would have: the bytes, of images that only lie in the bucket by now. */
export async function withBytes(generated: Generated, store: ImageStore): Promise<Generated> {
  const stored = generated.images.reduce((sum, image) => sum + (image.drawn ? 0 : image.stored?.bytes ?? 0), 0);
  if (stored > INLINE_MAX_BYTES) return generated;
  const images = await Promise.all(generated.images.map(async (image): Promise<DeliveredImage> =>
    (image.drawn || !image.stored ? image : { ...image, drawn: { ...image.stored, bytes: await store.read(image.stored.key) } })));
  return { ...generated, images };
}
