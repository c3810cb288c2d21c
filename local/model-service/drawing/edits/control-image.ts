import { createCanvas } from '@napi-rs/canvas';
import { flat, lay } from '../layers';
import { letterScene, paintScene } from '../scene';
import { nearestSize } from '../sizes';
import { Edit } from './edit';

/** The prompt drawn under the lines of a sketch. */
export const sketch: Edit = ({ scene, images, settings }) => {
  const size = nearestSize(images.image);
  const canvas = paintScene(scene, size);
  const lines = createCanvas(size.width, size.height);
  lines.getContext('2d').filter = 'grayscale(1) contrast(1.6)';
  lay(lines, flat(images.image, size), 1);
  lay(canvas, lines, settings.control_strength, 'multiply');
  letterScene(canvas, scene);
  return canvas;
};

/** The prompt's colours on the lights and shadows of an image. */
export const structure: Edit = ({ scene, images, settings }) => {
  const size = nearestSize(images.image);
  const canvas = paintScene(scene, size);
  lay(canvas, flat(images.image, size), settings.control_strength, 'luminosity');
  letterScene(canvas, scene);
  return canvas;
};
