import { mixPalettes, paletteOf, rampColors } from '../image-palette';
import { flatten, recolor, overlay } from '../layers';
import { drawText, drawScene } from '../scene';
import { sizeOfAspectRatio } from '../sizes';
import { type Edit } from './edit';

/** Draws the prompt in the colors of an image. */
export const styleGuide: Edit = ({ scene, images, settings }) => {
  const colors = paletteOf(images.image);
  const canvas = drawScene(scene, sizeOfAspectRatio(settings.aspect_ratio), (own) => mixPalettes(own, colors, settings.fidelity));
  drawText(canvas, scene);
  return canvas;
};

/** Recolors an image with the colors of another image. A lower `composition_fidelity` draws more of the prompt over it. */
export const styleTransfer: Edit = ({ scene, images, settings }) => {
  const canvas = flatten(images.init_image);
  const style = paletteOf(images.style_image);
  overlay(canvas, recolor(canvas, rampColors(style)), settings.style_strength * settings.change_strength);
  overlay(canvas, drawScene(scene, canvas, () => style), (1 - settings.composition_fidelity) * settings.change_strength);
  return canvas;
};
