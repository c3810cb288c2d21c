import { type Canvas } from '@napi-rs/canvas';
import { encodePng } from './png';

export type ImageFormat = 'png' | 'jpeg' | 'webp';

const QUALITY = 90;

/** Encodes a canvas as an image file. The PNG of an opaque canvas has no alpha channel. */
export async function encodeImage(canvas: Canvas, format: ImageFormat): Promise<Buffer> {
  if (format !== 'png') return canvas.encode(format, QUALITY);
  return encodePng(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data, canvas);
}
