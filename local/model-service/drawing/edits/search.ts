import { rampColors } from '../image-palette';
import { flatten, recolor } from '../layers';
import { growMask, overlayMasked, maskOfObject } from '../masks';
import { paletteOfScene } from '../scene';
import { type Edit } from './edit';
import { repaint } from './fill';

/** Draws the prompt at the simulated position of the object. */
export const searchAndReplace: Edit = ({ scene, images, settings }) => (
  repaint(flatten(images.image), growMask(maskOfObject(settings.search_prompt, images.image), settings.grow_mask), scene)
);

/** Recolors the simulated position of the object with the colors of the prompt. */
export const searchAndRecolor: Edit = ({ scene, images, settings }) => {
  const canvas = flatten(images.image);
  const mask = growMask(maskOfObject(settings.select_prompt, canvas), settings.grow_mask);
  overlayMasked(canvas, recolor(canvas, rampColors(paletteOfScene(scene))), mask);
  return canvas;
};
