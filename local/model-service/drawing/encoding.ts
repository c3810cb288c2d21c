import { Canvas } from '@napi-rs/canvas';
import { encodePng } from './png';

export type PictureFormat = 'png' | 'jpeg' | 'webp';

const QUALITY = 90;

/** An image file of what is drawn; a canvas that is opaque all over is written without an alpha channel. */
export async function encodePicture(canvas: Canvas, format: PictureFormat): Promise<Buffer> {
  if (format !== 'png') return canvas.encode(format, QUALITY);
  return encodePng(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data, canvas);
}
