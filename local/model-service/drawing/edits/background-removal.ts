import { type Canvas, createCanvas } from '@napi-rs/canvas';
import { flatten, overlay } from '../layers';
import { type Size } from '../sizes';
import { type Edit } from './edit';

/** The search for the background uses a copy with at most this many pixels per side, so that its duration is limited. */
const MAX_SEARCH_SIDE = 256;
/** Maximum difference between neighboring background pixels, summed over the color channels. */
const MAX_COLOR_DISTANCE = 40;
/** Valid range of the subject's share of the image. */
const SUBJECT_SHARE = [0.08, 0.9] as const;

/**
 * Makes the background transparent: the pixels that connect to the border without an edge. If the image has no such background
 * or no subject, an oval in the center remains.
 */
export const removeBackground: Edit = ({ images }) => {
  const canvas = flatten(images.image);
  const share = Math.min(1, MAX_SEARCH_SIDE / Math.max(canvas.width, canvas.height));
  const size = { width: Math.max(1, Math.round(canvas.width * share)), height: Math.max(1, Math.round(canvas.height * share)) };
  const subject = findSubject(flatten(canvas, size));
  overlay(canvas, subject ?? oval(size), 1, 'destination-in');
  return canvas;
};

function findSubject(canvas: Canvas): Canvas | undefined {
  const { width, height } = canvas;
  const ctx = canvas.getContext('2d');
  const pixels = ctx.getImageData(0, 0, width, height);
  const background = findBackground(pixels.data, { width, height });
  const subjectShare = 1 - background.reduce((sum, value) => sum + value, 0) / background.length;
  if (subjectShare < SUBJECT_SHARE[0] || subjectShare > SUBJECT_SHARE[1]) return undefined;
  for (let index = 0; index < background.length; index++) pixels.data[index * 4 + 3] = background[index] === 1 ? 0 : 255;
  ctx.putImageData(pixels, 0, 0);
  return canvas;
}

/** Returns 1 for each pixel that connects to the border without an edge. */
function findBackground(rgba: Uint8ClampedArray, { width, height }: Size): Uint8Array {
  const background = new Uint8Array(width * height);
  const open: number[] = [];
  const reach = (index: number) => {
    if (background[index] === 1) return;
    background[index] = 1;
    open.push(index);
  };
  for (let x = 0; x < width; x++) [x, x + (height - 1) * width].forEach(reach);
  for (let y = 0; y < height; y++) [y * width, y * width + width - 1].forEach(reach);
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    const x = index % width;
    const neighbors = [x > 0 ? index - 1 : -1, x < width - 1 ? index + 1 : -1, index - width, index + width];
    for (const neighbor of neighbors) {
      if (neighbor >= 0 && neighbor < background.length && colorDistance(rgba, index * 4, neighbor * 4) < MAX_COLOR_DISTANCE) reach(neighbor);
    }
  }
  return background;
}

const { abs } = Math;

function colorDistance(rgba: Uint8ClampedArray, first: number, second: number): number {
  return abs(rgba[first] - rgba[second]) + abs(rgba[first + 1] - rgba[second + 1]) + abs(rgba[first + 2] - rgba[second + 2]);
}

function oval({ width, height }: Size): Canvas {
  const canvas = createCanvas(width, height);
  const ctx = canvas.getContext('2d');
  ctx.beginPath();
  ctx.ellipse(width / 2, height / 2, width * 0.36, height * 0.4, 0, 0, 2 * Math.PI);
  ctx.fill();
  return canvas;
}
