import { type SKRSContext2D } from '@napi-rs/canvas';
import { type Color, css, type Palette } from '../palette';
import { type SeededRandom } from '../seeded-random';
import { type Size } from '../sizes';

/** Fills an image. The main shapes are above the lower third, which contains the text. */
export type Composition = (ctx: SKRSContext2D, size: Size, palette: Palette, random: SeededRandom) => void;

/** Fills the image with a vertical gradient. */
export function fillDown(ctx: SKRSContext2D, size: Size, colors: readonly Color[]): void {
  const gradient = ctx.createLinearGradient(0, 0, 0, size.height);
  colors.forEach((color, index) => gradient.addColorStop(index / (colors.length - 1), css(color)));
  ctx.fillStyle = gradient;
  ctx.fillRect(0, 0, size.width, size.height);
}

export interface Circle {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** Draws a radial light around the center of a circle. */
export function glowAt(ctx: SKRSContext2D, { x, y, radius }: Circle, color: Color, strength: number): void {
  const gradient = ctx.createRadialGradient(x, y, 0, x, y, radius);
  gradient.addColorStop(0, css(color, strength));
  gradient.addColorStop(0.4, css(color, strength * 0.36));
  gradient.addColorStop(1, css(color, 0));
  ctx.fillStyle = gradient;
  ctx.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
}

/** Fills a circle. */
export function disc(ctx: SKRSContext2D, x: number, y: number, radius: number): void {
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, 2 * Math.PI);
  ctx.fill();
}
