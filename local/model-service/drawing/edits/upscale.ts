import { Canvas } from '@napi-rs/canvas';
import { mixPalettes, paletteOf } from '../image-palette';
import { Drawable, flat, lay } from '../layers';
import { paintScene } from '../scene';
import { inStyle } from '../styles';
import { Edit } from './edit';

/**
 * What the two larger upscales come to. Their documentation says "4K" and "4 megapixels" without the sides: here the shape stays
 * and the sides grow until there are about as many pixels. An image that has more already keeps its size.
 */
const TARGET_PIXELS = 4_000_000;
const FAST_FACTOR = 4;

/** Four times the sides, nothing else. */
export const fastUpscale: Edit = ({ images }) => enlarged(images.image, FAST_FACTOR);

/** About four megapixels, nearly the same picture. */
export const conservativeUpscale: Edit = (request) => redrawn(request, 0.3);

/** About four megapixels, with what the prompt adds. */
export const creativeUpscale: Edit = (request) => inStyle(redrawn(request, 1), request.scene.style);

/** The image enlarged under a veil of a new drawing in its own colours. */
function redrawn({ scene, images, settings }: Parameters<Edit>[0], strength: number): Canvas {
  const image = images.image;
  const canvas = enlarged(image, Math.max(1, Math.sqrt(TARGET_PIXELS / (image.width * image.height))));
  const colours = paletteOf(image);
  // A quarter of the sides is fine enough for what is only a veil
  const veilSize = { width: Math.ceil(canvas.width / 4), height: Math.ceil(canvas.height / 4) };
  const veil = paintScene({ ...scene, style: undefined }, veilSize, (own) => mixPalettes(own, colours, 0.5));
  canvas.getContext('2d').imageSmoothingQuality = 'medium';
  lay(canvas, veil, settings.creativity * strength, 'soft-light');
  return canvas;
}

function enlarged(image: Drawable, factor: number): Canvas {
  return flat(image, { width: Math.round(image.width * factor), height: Math.round(image.height * factor) });
}
