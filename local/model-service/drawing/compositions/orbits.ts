import { type SKRSContext2D } from '@napi-rs/canvas';
import { type Color, css, mix, type Palette } from '../palette';
import { type SeededRandom } from '../seeded-random';
import { type Size } from '../sizes';
import { type Circle, type Composition, disc, fillDown, glowAt } from './composition';

/** A planet with moons and stars. */
export const orbits: Composition = (ctx, size, palette, random) => {
  fillDown(ctx, size, [palette.deep, palette.shade, mix(palette.shade, palette.mid, 0.6), palette.shade, palette.deep]);
  const unit = Math.min(size.width, size.height);
  nebula(ctx, size, palette, random);
  stars(ctx, size, palette, random);
  const x = size.width * random.between(0.35, 0.65);
  const y = size.height * random.between(0.36, 0.46);
  const radius = unit * random.between(0.2, 0.28);
  const tilt = random.between(-0.6, 0.6);
  const light = random.between(-2.6, -0.6);
  const rings = random.integer(3, 5);
  const paths = Array.from({ length: rings }, (_, index) => radius * (1.45 + index * random.between(0.34, 0.5)));
  glowAt(ctx, { x, y, radius: radius * 2.4 }, palette.light, 0.5);
  paths.forEach((path) => orbit(ctx, { x, y, radius: path, tilt }, palette, Math.PI, 2 * Math.PI));
  ball(ctx, { x, y, radius }, light, [palette.glow, palette.light, palette.mid, palette.deep]);
  paths.forEach((path) => {
    orbit(ctx, { x, y, radius: path, tilt }, palette, 0, Math.PI);
    const angle = random.between(0.15, 0.85) * Math.PI + (random.boolean(0.5) ? Math.PI : 0);
    const onPath = { x: path * Math.cos(angle), y: path * FLATNESS * Math.sin(angle) };
    const moonX = x + onPath.x * Math.cos(tilt) - onPath.y * Math.sin(tilt);
    const moonY = y + onPath.x * Math.sin(tilt) + onPath.y * Math.cos(tilt);
    const colors = random.boolean(0.5) ? [palette.glow, palette.accent, palette.deep] : [palette.glow, palette.light, palette.shade];
    ball(ctx, { x: moonX, y: moonY, radius: radius * random.between(0.07, 0.2) }, light, colors);
  });
};

/** Ratio of height to width of the orbits. */
const FLATNESS = 0.32;

interface Orbit extends Circle {
  readonly tilt: number;
}

/** Draws the arc of an orbit between two angles. */
function orbit(ctx: SKRSContext2D, { x, y, radius, tilt }: Orbit, palette: Palette, from: number, to: number): void {
  ctx.beginPath();
  ctx.ellipse(x, y, radius, radius * FLATNESS, tilt, from, to);
  ctx.lineWidth = Math.max(1.5, radius * 0.006);
  ctx.strokeStyle = css(palette.glow, 0.55);
  ctx.stroke();
}

/** Draws a ball with light from one side. */
function ball(ctx: SKRSContext2D, { x, y, radius }: Circle, light: number, colors: readonly Color[]): void {
  const litX = x + Math.cos(light) * radius * 0.5;
  const litY = y + Math.sin(light) * radius * 0.5;
  const darkX = x - Math.cos(light) * radius * 0.1;
  const darkY = y - Math.sin(light) * radius * 0.1;
  const shading = ctx.createRadialGradient(litX, litY, radius * 0.05, darkX, darkY, radius * 1.15);
  colors.forEach((color, index) => shading.addColorStop(index / (colors.length - 1), css(color)));
  ctx.fillStyle = shading;
  disc(ctx, x, y, radius);
}

function nebula(ctx: SKRSContext2D, size: Size, palette: Palette, random: SeededRandom): void {
  const reach = Math.max(size.width, size.height);
  for (const color of [palette.mid, palette.mid, palette.light, palette.mid]) {
    const cloud = { x: size.width * random.next(), y: size.height * random.between(0, 0.8), radius: reach * random.between(0.3, 0.55) };
    glowAt(ctx, cloud, color, 0.5);
  }
}

function stars(ctx: SKRSContext2D, size: Size, palette: Palette, random: SeededRandom): void {
  for (let index = 0; index < 130; index++) {
    ctx.fillStyle = css({ ...palette.glow, l: 96 }, random.between(0.25, 0.95));
    disc(ctx, size.width * random.next(), size.height * random.next(), random.next() ** 3 * 2.6 + 0.6);
  }
}
