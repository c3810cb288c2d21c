import { CHANGED } from '../../editor/raster';
import { type MaskInput } from '../../stores/edit/encode-inputs';

const WHITE = 0xff_ff_ff_ff;
/** Opaque. Browsers run on machines that have the last byte, alpha, in the highest place. */
const BLACK = 0xff_00_00_00;

/** Encodes a mask as PNG: white is changed, black is kept. The canvas has the mask only, never the image. */
export async function maskPng({ pixels, size: { width, height } }: MaskInput): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const image = new ImageData(width, height);
  // one number a pixel: a list for each of a million is slow
  const colors = new Uint32Array(image.data.buffer);
  pixels.forEach((value, index) => { colors[index] = value === CHANGED ? WHITE : BLACK; });
  canvas.getContext('2d')!.putImageData(image, 0, 0);
  return canvas.convertToBlob({ type: 'image/png' });
}
