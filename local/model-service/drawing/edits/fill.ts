import { type Canvas, createCanvas } from '@napi-rs/canvas';
import { glowAt } from '../compositions/composition';
import { flatten, overlay } from '../layers';
import { type Bounds, boundsOf, maskLayer, growMask, overlayMasked, type Mask, maskFromAlpha, maskFromImage } from '../masks';
import { drawPatchText, drawScene, paletteOfScene, type Scene } from '../scene';
import { SeededRandom } from '../seeded-random';
import { type Edit, type EditRequest } from './edit';

/** Minimum side for legible text. */
const MIN_TEXT_SIDE = 160;

/** Draws the prompt where the mask is white. Other pixels do not change. */
export const inpaint: Edit = ({ scene, images, settings }) => repaint(flatten(images.image), growMask(maskOf(images), settings.grow_mask), scene);

/** Fills the white area of the mask with the surrounding colors. */
export const erase: Edit = ({ scene, images, settings }) => {
  const canvas = flatten(images.image);
  const mask = growMask(maskOf(images), settings.grow_mask);
  const bounds = boundsOf(mask);
  if (bounds === undefined) return canvas;
  overlayMasked(canvas, fillFromSurroundings(canvas, mask, bounds, scene), mask);
  return canvas;
};

/** Draws a scene within a mask, in the size of its bounds. */
export function repaint(canvas: Canvas, mask: Mask, scene: Scene): Canvas {
  const bounds = boundsOf(mask);
  if (bounds === undefined) return canvas;
  const patch = drawScene(scene, bounds);
  if (Math.min(bounds.width, bounds.height) >= MIN_TEXT_SIDE) drawPatchText(patch, scene);
  overlayMasked(canvas, patch, mask, bounds);
  return canvas;
}

/** Returns the mask of the request, or the transparent pixels of the image. */
function maskOf({ image, mask }: EditRequest['images']): Mask {
  return mask === undefined ? maskFromAlpha(image) : maskFromImage(mask, image);
}

/** Fills the masked area with smaller, blurred copies of the image. */
function fillFromSurroundings(canvas: Canvas, mask: Mask, bounds: Bounds, scene: Scene): Canvas {
  const remaining = flatten(canvas);
  overlay(remaining, maskLayer(mask), 1, 'destination-out');
  const filled = createCanvas(canvas.width, canvas.height);
  overlay(filled, remaining, 1);
  const ctx = filled.getContext('2d');
  ctx.beginPath();
  ctx.rect(bounds.x, bounds.y, bounds.width, bounds.height);
  ctx.clip();
  let smaller = remaining;
  while (Math.max(smaller.width, smaller.height) > 1) {
    const next = createCanvas(Math.max(1, Math.floor(smaller.width / 2)), Math.max(1, Math.floor(smaller.height / 2)));
    next.getContext('2d').imageSmoothingQuality = 'medium';
    overlay(next, smaller, 1);
    ctx.imageSmoothingQuality = 'high';
    overlay(filled, next, 1, 'destination-over');
    smaller = next;
  }
  // the seed changes the result
  const random = SeededRandom.from('erase', scene.seed);
  const { light, deep } = paletteOfScene(scene);
  for (const color of [light, deep]) {
    const [x, y] = [bounds.x + bounds.width * random.next(), bounds.y + bounds.height * random.next()];
    glowAt(ctx, { x, y, radius: Math.max(bounds.width, bounds.height) * random.between(0.3, 0.6) }, color, 0.12);
  }
  return filled;
}
