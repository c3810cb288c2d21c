import { rampColours } from '../image-palette';
import { flat, inColours } from '../layers';
import { grown, layMasked, maskOfNamed } from '../masks';
import { paletteOfScene } from '../scene';
import { Edit } from './edit';
import { repainted } from './fill';

/** Draws the prompt over the place where the thing searched for is played to be. */
export const searchAndReplace: Edit = ({ scene, images, settings }) => (
  repainted(flat(images.image), grown(maskOfNamed(settings.search_prompt, images.image), settings.grow_mask), scene)
);

/** Gives that place the colours of the prompt; its shapes stay. */
export const searchAndRecolor: Edit = ({ scene, images, settings }) => {
  const canvas = flat(images.image);
  const mask = grown(maskOfNamed(settings.select_prompt, canvas), settings.grow_mask);
  layMasked(canvas, inColours(canvas, rampColours(paletteOfScene(scene))), mask);
  return canvas;
};
