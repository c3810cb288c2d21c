import { type Canvas } from '@napi-rs/canvas';
import { mixPalettes, paletteOf } from '../image-palette';
import { type Drawable, flatten, overlay } from '../layers';
import { drawScene } from '../scene';
import { applyStyle } from '../styles';
import { type Edit } from './edit';

/**
 * The result size of the creative and conservative upscale. The documentation says "4K" and "4 megapixels" without width and
 * height. The aspect ratio does not change. Larger images keep their size.
 */
const TARGET_PIXELS = 4_000_000;
const FAST_FACTOR = 4;

/** Enlarges the image four times. */
export const fastUpscale: Edit = ({ images }) => enlarge(images.image, FAST_FACTOR);

/** Enlarges the image to about four megapixels with small changes. */
export const conservativeUpscale: Edit = (request) => upscale(request, 0.3);

/** Enlarges the image to about four megapixels with changes by the prompt and the style. */
export const creativeUpscale: Edit = (request) => applyStyle(upscale(request, 1), request.scene.style);

/** Enlarges the image and draws the prompt over it in the colors of the image. */
function upscale({ scene, images, settings }: Parameters<Edit>[0], strength: number): Canvas {
  const image = images.image;
  const canvas = enlarge(image, Math.max(1, Math.sqrt(TARGET_PIXELS / (image.width * image.height))));
  const colors = paletteOf(image);
  // a quarter of the size is sufficient for a transparent layer
  const layerSize = { width: Math.ceil(canvas.width / 4), height: Math.ceil(canvas.height / 4) };
  const layer = drawScene({ ...scene, style: undefined }, layerSize, (own) => mixPalettes(own, colors, 0.5));
  canvas.getContext('2d').imageSmoothingQuality = 'medium';
  overlay(canvas, layer, settings.creativity * strength, 'soft-light');
  return canvas;
}

function enlarge(image: Drawable, factor: number): Canvas {
  return flatten(image, { width: Math.round(image.width * factor), height: Math.round(image.height * factor) });
}
