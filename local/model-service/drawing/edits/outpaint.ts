import { type Canvas, createCanvas } from '@napi-rs/canvas';
import { mixPalettes, paletteOf } from '../image-palette';
import { flatten, overlay, blur } from '../layers';
import { drawScene } from '../scene';
import { type Size } from '../sizes';
import { type Edit } from './edit';

/** Extends the image: mirrors it at its borders and draws the prompt over the extension. `creativity` is the weight of the prompt. */
export const outpaint: Edit = ({ scene, images, settings }) => {
  const image = flatten(images.image);
  const { left = 0, right = 0, up = 0, down = 0 } = settings;
  const size = { width: image.width + left + right, height: image.height + up + down };
  const canvas = blur(mirror(image, size, left, up), 0.08);
  const colors = paletteOf(image);
  const painted = drawScene(scene, size, (own) => mixPalettes(own, colors, 1 - settings.creativity));
  overlay(canvas, painted, 0.2 + 0.7 * settings.creativity);
  canvas.getContext('2d').drawImage(image, left, up);
  return canvas;
};

/** Fills a canvas with the image and its mirror images. */
function mirror(image: Canvas, size: Size, left: number, up: number): Canvas {
  const canvas = createCanvas(size.width, size.height);
  const ctx = canvas.getContext('2d');
  const tilesLeft = Math.ceil(left / image.width);
  const tilesUp = Math.ceil(up / image.height);
  for (let row = -tilesUp; up + row * image.height < size.height; row++) {
    for (let column = -tilesLeft; left + column * image.width < size.width; column++) {
      const isMirroredX = column % 2 !== 0;
      const isMirroredY = row % 2 !== 0;
      ctx.setTransform(isMirroredX ? -1 : 1, 0, 0, isMirroredY ? -1 : 1,
        left + (column + (isMirroredX ? 1 : 0)) * image.width, up + (row + (isMirroredY ? 1 : 0)) * image.height);
      ctx.drawImage(image, 0, 0);
    }
  }
  return canvas;
}
