import { mixPalettes, paletteOf, rampColours } from '../image-palette';
import { flat, inColours, lay } from '../layers';
import { letterScene, paintScene } from '../scene';
import { sizeOfAspectRatio } from '../sizes';
import { Edit } from './edit';

/** A new drawing of the prompt in the colours of an image. */
export const styleGuide: Edit = ({ scene, images, settings }) => {
  const colours = paletteOf(images.image);
  const canvas = paintScene(scene, sizeOfAspectRatio(settings.aspect_ratio), (own) => mixPalettes(own, colours, settings.fidelity));
  letterScene(canvas, scene);
  return canvas;
};

/** One image in the colours of another; the less its composition counts, the more is drawn over it. */
export const styleTransfer: Edit = ({ scene, images, settings }) => {
  const canvas = flat(images.init_image);
  const style = paletteOf(images.style_image);
  lay(canvas, inColours(canvas, rampColours(style)), settings.style_strength * settings.change_strength);
  lay(canvas, paintScene(scene, canvas, () => style), (1 - settings.composition_fidelity) * settings.change_strength);
  return canvas;
};
