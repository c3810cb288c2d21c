import { createCanvas } from '@napi-rs/canvas';

export type Format = 'png' | 'jpeg' | 'webp';

const drawn = new Map<string, Buffer>();

/** A whole file of that many pixels. */
export function picture(width: number, height: number, format: Format = 'png'): Buffer {
  const name = `${width}x${height}.${format}`;
  const file = drawn.get(name) ?? encode(width, height, format);
  drawn.set(name, file);
  return file;
}

function encode(width: number, height: number, format: Format): Buffer {
  const canvas = createCanvas(width, height);
  switch (format) {
    case 'png': return canvas.toBuffer('image/png');
    case 'jpeg': return canvas.toBuffer('image/jpeg');
    case 'webp': return canvas.toBuffer('image/webp');
  }
}

/** A picture of one colour, but for a hole at its left: what OpenAI takes for a mask. */
export function holedPicture(width: number, height: number, hole: number, format: 'png' | 'webp' = 'png'): Buffer {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = '#c03060';
  context.fillRect(hole, 0, width - hole, height);
  return format === 'png' ? canvas.toBuffer('image/png') : canvas.toBuffer('image/webp');
}

export const base64Of = (file: Buffer): string => file.toString('base64');
