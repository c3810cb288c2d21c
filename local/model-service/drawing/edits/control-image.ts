import { createCanvas } from '@napi-rs/canvas';
import { flatten, overlay } from '../layers';
import { drawText, drawScene } from '../scene';
import { nearestSize } from '../sizes';
import { type Edit } from './edit';

/** Draws the prompt under the lines of a sketch. */
export const sketch: Edit = ({ scene, images, settings }) => {
  const size = nearestSize(images.image);
  const canvas = drawScene(scene, size);
  const lines = createCanvas(size.width, size.height);
  lines.getContext('2d').filter = 'grayscale(1) contrast(1.6)';
  overlay(lines, flatten(images.image, size), 1);
  overlay(canvas, lines, settings.control_strength, 'multiply');
  drawText(canvas, scene);
  return canvas;
};

/** Draws the colors of the prompt with the lightness of an image. */
export const structure: Edit = ({ scene, images, settings }) => {
  const size = nearestSize(images.image);
  const canvas = drawScene(scene, size);
  overlay(canvas, flatten(images.image, size), settings.control_strength, 'luminosity');
  drawText(canvas, scene);
  return canvas;
};
