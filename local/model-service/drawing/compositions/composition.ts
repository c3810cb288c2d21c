import { SKRSContext2D } from '@napi-rs/canvas';
import { Chance } from '../chance';
import { Colour, css, Palette } from '../palette';
import { Size } from '../sizes';

/** A way to fill a picture with colour. What matters stays above the lower third, where the lettering goes. */
export type Composition = (ctx: SKRSContext2D, size: Size, palette: Palette, chance: Chance) => void;

/** Fills the whole picture from the top to the bottom. */
export function fillDown(ctx: SKRSContext2D, size: Size, colours: readonly Colour[]): void {
  const gradient = ctx.createLinearGradient(0, 0, 0, size.height);
  colours.forEach((colour, index) => gradient.addColorStop(index / (colours.length - 1), css(colour)));
  ctx.fillStyle = gradient;
  ctx.fillRect(0, 0, size.width, size.height);
}

/** Light around a point that fades out. */
export function glowAt(ctx: SKRSContext2D, x: number, y: number, radius: number, colour: Colour, strength: number): void {
  const gradient = ctx.createRadialGradient(x, y, 0, x, y, radius);
  gradient.addColorStop(0, css(colour, strength));
  gradient.addColorStop(0.4, css(colour, strength * 0.36));
  gradient.addColorStop(1, css(colour, 0));
  ctx.fillStyle = gradient;
  ctx.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
}

export function disc(ctx: SKRSContext2D, x: number, y: number, radius: number): void {
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, 2 * Math.PI);
  ctx.fill();
}
