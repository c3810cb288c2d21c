import { Canvas, createCanvas } from '@napi-rs/canvas';
import { mixPalettes, paletteOf } from '../image-palette';
import { flat, lay, softened } from '../layers';
import { paintScene } from '../scene';
import { Size } from '../sizes';
import { Edit } from './edit';

/** The canvas grown to all sides as asked: the image mirrored at its borders, and the more of a new drawing the more creativity. */
export const outpaint: Edit = ({ scene, images, settings }) => {
  const image = flat(images.image);
  const { left = 0, right = 0, up = 0, down = 0 } = settings;
  const size = { width: image.width + left + right, height: image.height + up + down };
  const canvas = softened(mirrored(image, size, left, up), 0.08);
  const colours = paletteOf(image);
  const drawn = paintScene(scene, size, (own) => mixPalettes(own, colours, 1 - settings.creativity));
  lay(canvas, drawn, 0.2 + 0.7 * settings.creativity);
  canvas.getContext('2d').drawImage(image, left, up);
  return canvas;
};

/** The image at its place and its mirror images all around it. */
function mirrored(image: Canvas, size: Size, left: number, up: number): Canvas {
  const canvas = createCanvas(size.width, size.height);
  const ctx = canvas.getContext('2d');
  const tilesLeft = Math.ceil(left / image.width);
  const tilesUp = Math.ceil(up / image.height);
  for (let row = -tilesUp; up + row * image.height < size.height; row++) {
    for (let column = -tilesLeft; left + column * image.width < size.width; column++) {
      const isTurnedX = column % 2 !== 0;
      const isTurnedY = row % 2 !== 0;
      ctx.setTransform(isTurnedX ? -1 : 1, 0, 0, isTurnedY ? -1 : 1,
        left + (column + (isTurnedX ? 1 : 0)) * image.width, up + (row + (isTurnedY ? 1 : 0)) * image.height);
      ctx.drawImage(image, 0, 0);
    }
  }
  return canvas;
}
