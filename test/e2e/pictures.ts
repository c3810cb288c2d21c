import { createCanvas } from '@napi-rs/canvas';

/** A PNG of that size, half red and half blue. */
export function picture(width: number, height: number): Buffer {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = '#c02030';
  context.fillRect(0, 0, width, height);
  context.fillStyle = '#2030c0';
  context.fillRect(width / 2, 0, width / 2, height);
  return canvas.toBuffer('image/png');
}

/** White in the middle, black around it. */
export function mask(width: number, height: number): Buffer {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = '#000';
  context.fillRect(0, 0, width, height);
  context.fillStyle = '#fff';
  context.fillRect(width / 4, height / 4, width / 2, height / 2);
  return canvas.toBuffer('image/png');
}
