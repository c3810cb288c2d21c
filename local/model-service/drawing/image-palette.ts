import { createCanvas } from '@napi-rs/canvas';
import { type Drawable, flatten, lightness } from './layers';
import { type Color, mix, type Palette } from './palette';

const SIDE = 32;

/** Returns the palette of an image: colors from the darkest to the lightest, and the most vivid color as the accent. */
export function paletteOf(image: Drawable): Palette {
  const ctx = createCanvas(SIDE, SIDE).getContext('2d');
  ctx.drawImage(flatten(image, { width: SIDE, height: SIDE }), 0, 0);
  const { data } = ctx.getImageData(0, 0, SIDE, SIDE);
  const pixels = Array.from({ length: SIDE * SIDE }, (_, index) => ({ light: lightness(data, index * 4), color: colorAt(data, index * 4) }));
  pixels.sort((one, other) => one.light - other.light || one.color.h - other.color.h);
  const at = (share: number) => pixels[Math.round(share * (pixels.length - 1))].color;
  const vivid = pixels.reduce((best, pixel) => vividness(pixel.color) > vividness(best.color) ? pixel : best);
  return { deep: at(0.02), shade: at(0.22), mid: at(0.45), light: at(0.72), glow: at(0.97), accent: vivid.color };
}

/** Interpolates between two palettes. `share` is the weight of the second. */
export function mixPalettes(from: Palette, to: Palette, share: number): Palette {
  const between = (name: keyof Palette) => mix(from[name], to[name], share);
  return {
    deep: between('deep'), shade: between('shade'), mid: between('mid'), light: between('light'), glow: between('glow'), accent: between('accent'),
  };
}

/** Returns the colors of a palette from the darkest to the lightest. */
export function rampColors({ deep, shade, mid, light, glow }: Palette): readonly Color[] {
  return [deep, shade, mid, light, glow];
}

function vividness({ s, l }: Color): number {
  return s * (50 - Math.abs(50 - l));
}

function colorAt(rgba: Uint8ClampedArray, at: number): Color {
  const [red, green, blue] = [rgba[at] / 255, rgba[at + 1] / 255, rgba[at + 2] / 255];
  const most = Math.max(red, green, blue);
  const least = Math.min(red, green, blue);
  const span = most - least;
  const l = (most + least) / 2;
  if (span === 0) return { h: 0, s: 0, l: l * 100 };
  const turn = most === red ? (green - blue) / span : most === green ? 2 + (blue - red) / span : 4 + (red - green) / span;
  return { h: (turn * 60 + 360) % 360, s: span / (1 - Math.abs(2 * l - 1)) * 100, l: l * 100 };
}
