import { Canvas, createCanvas } from '@napi-rs/canvas';
import { flat, lay } from '../layers';
import { Size } from '../sizes';
import { Edit } from './edit';

/** Where background ends is found in a copy of at most this many pixels a side, so that it takes the same short time for every image. */
const SEARCHED_SIDE = 256;
/** Neighbours differ by less than this, summed over the colours, within one ground. */
const STEP = 40;
/** What is left is taken for the subject only if it is that share of the picture. */
const SUBJECT_SHARES = [0.08, 0.9] as const;

/**
 * Makes transparent what runs from the border inward without an edge. A picture without such a ground, or with nothing before it,
 * keeps an oval in the middle, so that there is always something to see and something gone.
 */
export const removeBackground: Edit = ({ images }) => {
  const canvas = flat(images.image);
  const share = Math.min(1, SEARCHED_SIDE / Math.max(canvas.width, canvas.height));
  const size = { width: Math.max(1, Math.round(canvas.width * share)), height: Math.max(1, Math.round(canvas.height * share)) };
  const subject = subjectOf(flat(canvas, size));
  lay(canvas, subject ?? oval(size), 1, 'destination-in');
  return canvas;
};

/** On white, for formats that have no transparency. */
export function onWhite(canvas: Canvas): Canvas {
  return flat(canvas);
}

function subjectOf(canvas: Canvas): Canvas | undefined {
  const { width, height } = canvas;
  const ctx = canvas.getContext('2d');
  const pixels = ctx.getImageData(0, 0, width, height);
  const ground = groundOf(pixels.data, { width, height });
  const subjectShare = 1 - ground.reduce((sum, value) => sum + value, 0) / ground.length;
  if (subjectShare < SUBJECT_SHARES[0] || subjectShare > SUBJECT_SHARES[1]) return undefined;
  for (let index = 0; index < ground.length; index++) pixels.data[index * 4 + 3] = ground[index] === 1 ? 0 : 255;
  ctx.putImageData(pixels, 0, 0);
  return canvas;
}

/** 1 for each pixel that is reached from the border in small steps of colour. */
function groundOf(rgba: Uint8ClampedArray, { width, height }: Size): Uint8Array {
  const ground = new Uint8Array(width * height);
  const open: number[] = [];
  const reach = (index: number) => {
    if (ground[index] === 1) return;
    ground[index] = 1;
    open.push(index);
  };
  for (let x = 0; x < width; x++) [x, x + (height - 1) * width].forEach(reach);
  for (let y = 0; y < height; y++) [y * width, y * width + width - 1].forEach(reach);
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    const x = index % width;
    const neighbours = [x > 0 ? index - 1 : -1, x < width - 1 ? index + 1 : -1, index - width, index + width];
    for (const neighbour of neighbours) {
      if (neighbour >= 0 && neighbour < ground.length && step(rgba, index * 4, neighbour * 4) < STEP) reach(neighbour);
    }
  }
  return ground;
}

const { abs } = Math;

function step(rgba: Uint8ClampedArray, one: number, other: number): number {
  return abs(rgba[one] - rgba[other]) + abs(rgba[one + 1] - rgba[other + 1]) + abs(rgba[one + 2] - rgba[other + 2]);
}

function oval({ width, height }: Size): Canvas {
  const canvas = createCanvas(width, height);
  const ctx = canvas.getContext('2d');
  ctx.beginPath();
  ctx.ellipse(width / 2, height / 2, width * 0.36, height * 0.4, 0, 0, 2 * Math.PI);
  ctx.fill();
  return canvas;
}
