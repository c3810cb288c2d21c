import { Canvas, createCanvas } from '@napi-rs/canvas';
import { Chance } from '../chance';
import { glowAt } from '../compositions/composition';
import { flat, lay } from '../layers';
import { Area, areaOf, cutOut, grown, layMasked, Mask, maskFromAlpha, maskFromImage } from '../masks';
import { letterPatch, paintScene, paletteOfScene, Scene } from '../scene';
import { Edit, EditRequest } from './edit';

/** Lettering on anything smaller would not be legible. */
const LEAST_LETTERED_SIDE = 160;

/** Draws the prompt where the mask is white; every other pixel stays as it is. */
export const inpaint: Edit = ({ scene, images, settings }) => repainted(flat(images.image), grown(maskOf(images), settings.grow_mask), scene);

/** Closes the place where the mask is white with the colours around it. */
export const erase: Edit = ({ scene, images, settings }) => {
  const canvas = flat(images.image);
  const mask = grown(maskOf(images), settings.grow_mask);
  const area = areaOf(mask);
  if (area === undefined) return canvas;
  layMasked(canvas, closed(canvas, mask, area, scene), mask);
  return canvas;
};

/** A new drawing, as large as the masked place, cut to the mask. */
export function repainted(canvas: Canvas, mask: Mask, scene: Scene): Canvas {
  const area = areaOf(mask);
  if (area === undefined) return canvas;
  const patch = paintScene(scene, area);
  if (Math.min(area.width, area.height) >= LEAST_LETTERED_SIDE) letterPatch(patch, scene);
  layMasked(canvas, patch, mask, area);
  return canvas;
}

/** The mask that comes along, or else what is transparent in the image. */
function maskOf({ image, mask }: EditRequest['images']): Mask {
  return mask === undefined ? maskFromAlpha(image) : maskFromImage(mask, image);
}

/** The image with a hole where the mask is, and ever smaller, softer copies of itself laid under the hole. */
function closed(canvas: Canvas, mask: Mask, area: Area, scene: Scene): Canvas {
  const holed = flat(canvas);
  lay(holed, cutOut(mask), 1, 'destination-out');
  const filled = createCanvas(canvas.width, canvas.height);
  lay(filled, holed, 1);
  const ctx = filled.getContext('2d');
  ctx.beginPath();
  ctx.rect(area.x, area.y, area.width, area.height);
  ctx.clip();
  let smaller = holed;
  while (Math.max(smaller.width, smaller.height) > 1) {
    const next = createCanvas(Math.max(1, Math.floor(smaller.width / 2)), Math.max(1, Math.floor(smaller.height / 2)));
    next.getContext('2d').imageSmoothingQuality = 'medium';
    lay(next, smaller, 1);
    ctx.imageSmoothingQuality = 'high';
    lay(filled, next, 1, 'destination-over');
    smaller = next;
  }
  // No two seeds fill alike
  const chance = Chance.of('erase', scene.seed);
  const { light, deep } = paletteOfScene(scene);
  for (const colour of [light, deep]) {
    const [x, y] = [area.x + area.width * chance.next(), area.y + area.height * chance.next()];
    glowAt(ctx, x, y, Math.max(area.width, area.height) * chance.between(0.3, 0.6), colour, 0.12);
  }
  return filled;
}
