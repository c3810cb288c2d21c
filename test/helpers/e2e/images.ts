import { createCanvas } from '@napi-rs/canvas';

type Rectangle = readonly [x: number, y: number, width: number, height: number];

function paint(width: number, height: number, ground: string, colour: string, rectangle: Rectangle): Buffer {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = ground;
  context.fillRect(0, 0, width, height);
  context.fillStyle = colour;
  context.fillRect(...rectangle);
  return canvas.toBuffer('image/png');
}

/** A PNG of that size, half red and half blue. */
export function picture(width: number, height: number): Buffer {
  return paint(width, height, '#c02030', '#2030c0', [width / 2, 0, width / 2, height]);
}

/** White in the middle, black around it. */
export function mask(width: number, height: number): Buffer {
  return paint(width, height, '#000', '#fff', [width / 4, height / 4, width / 2, height / 2]);
}
