import { type MaskInput } from '../../stores/edit/encode-inputs';

/** Encodes a mask as PNG: white is changed, black is kept. The canvas has the mask only, never the image. */
export async function maskPng({ pixels, size: { width, height } }: MaskInput): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const image = new ImageData(width, height);
  pixels.forEach((value, index) => image.data.set([value, value, value, 255], index * 4));
  canvas.getContext('2d')!.putImageData(image, 0, 0);
  return canvas.convertToBlob({ type: 'image/png' });
}
