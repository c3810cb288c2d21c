import { type SeededRandom } from './seeded-random';

/** Hue in degrees, saturation and lightness in percent. */
export interface Color {
  readonly h: number;
  readonly s: number;
  readonly l: number;
}

/** Five matching colors from the darkest to the lightest, and an accent color. */
export interface Palette {
  readonly deep: Color;
  readonly shade: Color;
  readonly mid: Color;
  readonly light: Color;
  readonly glow: Color;
  readonly accent: Color;
}

type Row = readonly [h: number, s: number, l: number];

/** deep, shade, mid, light, glow, accent */
const PALETTES: readonly (readonly Row[])[] = [
  [[248, 46, 16], [266, 44, 32], [332, 58, 54], [18, 88, 67], [40, 96, 82], [352, 82, 60]],
  [[214, 62, 14], [204, 58, 30], [189, 52, 46], [172, 46, 69], [46, 92, 86], [14, 84, 62]],
  [[162, 42, 12], [156, 36, 26], [132, 30, 44], [76, 46, 68], [50, 88, 85], [24, 78, 56]],
  [[12, 46, 17], [14, 52, 34], [22, 66, 53], [34, 82, 70], [44, 96, 86], [192, 46, 44]],
  [[234, 52, 14], [226, 46, 28], [166, 54, 46], [142, 56, 69], [302, 66, 85], [284, 62, 62]],
  [[284, 42, 20], [302, 42, 38], [336, 66, 62], [20, 92, 78], [50, 100, 88], [178, 56, 50]],
  [[206, 30, 17], [204, 26, 36], [202, 30, 57], [36, 44, 80], [42, 80, 90], [8, 72, 58]],
  [[344, 52, 16], [350, 56, 32], [4, 66, 52], [24, 86, 66], [46, 94, 82], [212, 50, 52]],
  [[190, 60, 13], [186, 54, 27], [44, 62, 55], [40, 84, 71], [48, 92, 87], [338, 66, 60]],
  [[256, 50, 18], [242, 56, 40], [222, 76, 60], [196, 78, 76], [54, 94, 87], [326, 76, 64]],
];

/** Returns one of the palettes with a small random change of hue and lightness. */
export function paletteFrom(random: SeededRandom): Palette {
  const base = random.pick(PALETTES);
  const hueShift = random.between(-22, 22);
  const lightnessShift = random.between(-3, 3);
  const [deep, shade, mid, light, glow, accent] = base.map(([h, s, l]) => ({ h: (h + hueShift + 360) % 360, s, l: l + lightnessShift }));
  return { deep, shade, mid, light, glow, accent };
}

/** Formats a color for CSS. */
export function css(color: Color, alpha = 1): string {
  return `hsla(${color.h.toFixed(2)}, ${color.s.toFixed(2)}%, ${color.l.toFixed(2)}%, ${alpha.toFixed(3)})`;
}

/** Interpolates between two colors, in the shorter direction of the hue. `share` is the weight of the second. */
export function mix(from: Color, to: Color, share: number): Color {
  const hueDistance = ((to.h - from.h + 540) % 360) - 180;
  return { h: (from.h + hueDistance * share + 360) % 360, s: from.s + (to.s - from.s) * share, l: from.l + (to.l - from.l) * share };
}

/** Interpolates between several colors. */
export function along(colors: readonly Color[], share: number): Color {
  const position = Math.min(Math.max(share, 0), 1) * (colors.length - 1);
  const index = Math.min(Math.floor(position), colors.length - 2);
  return mix(colors[index], colors[index + 1], position - index);
}
