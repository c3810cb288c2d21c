import { createCanvas } from '@napi-rs/canvas';

type Rectangle = readonly [x: number, y: number, width: number, height: number];

function encodePng(width: number, height: number, background: string, foreground: string, rectangle: Rectangle): Buffer {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = background;
  context.fillRect(0, 0, width, height);
  context.fillStyle = foreground;
  context.fillRect(...rectangle);
  return canvas.toBuffer('image/png');
}

/** Returns a PNG file, half red and half blue. */
export function createImage(width: number, height: number): Buffer {
  return encodePng(width, height, '#c02030', '#2030c0', [width / 2, 0, width / 2, height]);
}

/** Returns a mask as a PNG file: a white center on black. */
export function createMask(width: number, height: number): Buffer {
  return encodePng(width, height, '#000', '#fff', [width / 4, height / 4, width / 2, height / 2]);
}
