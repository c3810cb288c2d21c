import { SKRSContext2D } from '@napi-rs/canvas';
import { Chance } from '../chance';
import { Colour, css, mix, Palette } from '../palette';
import { Size } from '../sizes';
import { Composition, disc, fillDown, glowAt } from './composition';

/** A large planet with moons on their orbits, among stars. */
export const orbits: Composition = (ctx, size, palette, chance) => {
  fillDown(ctx, size, [palette.deep, palette.shade, mix(palette.shade, palette.mid, 0.6), palette.shade, palette.deep]);
  const unit = Math.min(size.width, size.height);
  nebula(ctx, size, palette, chance);
  stars(ctx, size, palette, chance);
  const x = size.width * chance.between(0.35, 0.65);
  const y = size.height * chance.between(0.36, 0.46);
  const radius = unit * chance.between(0.2, 0.28);
  const tilt = chance.between(-0.6, 0.6);
  const light = chance.between(-2.6, -0.6);
  const rings = chance.integer(3, 5);
  const paths = Array.from({ length: rings }, (_, index) => radius * (1.45 + index * chance.between(0.34, 0.5)));
  glowAt(ctx, x, y, radius * 2.4, palette.light, 0.5);
  paths.forEach((path) => orbit(ctx, x, y, path, tilt, palette, Math.PI, 2 * Math.PI));
  ball(ctx, x, y, radius, light, [palette.glow, palette.light, palette.mid, palette.deep]);
  paths.forEach((path) => {
    orbit(ctx, x, y, path, tilt, palette, 0, Math.PI);
    const angle = chance.between(0.15, 0.85) * Math.PI + (chance.isLikely(0.5) ? Math.PI : 0);
    const onPath = { x: path * Math.cos(angle), y: path * FLATNESS * Math.sin(angle) };
    const moonX = x + onPath.x * Math.cos(tilt) - onPath.y * Math.sin(tilt);
    const moonY = y + onPath.x * Math.sin(tilt) + onPath.y * Math.cos(tilt);
    const colours = chance.isLikely(0.5) ? [palette.glow, palette.accent, palette.deep] : [palette.glow, palette.light, palette.shade];
    ball(ctx, moonX, moonY, radius * chance.between(0.07, 0.2), light, colours);
  });
};

/** How flat the orbits look from where we are. */
const FLATNESS = 0.32;

function orbit(ctx: SKRSContext2D, x: number, y: number, radius: number, tilt: number, palette: Palette, from: number, to: number): void {
  ctx.beginPath();
  ctx.ellipse(x, y, radius, radius * FLATNESS, tilt, from, to);
  ctx.lineWidth = Math.max(1.5, radius * 0.006);
  ctx.strokeStyle = css(palette.glow, 0.55);
  ctx.stroke();
}

/** A ball lit from one side. */
function ball(ctx: SKRSContext2D, x: number, y: number, radius: number, light: number, colours: readonly Colour[]): void {
  const litX = x + Math.cos(light) * radius * 0.5;
  const litY = y + Math.sin(light) * radius * 0.5;
  const darkX = x - Math.cos(light) * radius * 0.1;
  const darkY = y - Math.sin(light) * radius * 0.1;
  const shading = ctx.createRadialGradient(litX, litY, radius * 0.05, darkX, darkY, radius * 1.15);
  colours.forEach((colour, index) => shading.addColorStop(index / (colours.length - 1), css(colour)));
  ctx.fillStyle = shading;
  disc(ctx, x, y, radius);
}

function nebula(ctx: SKRSContext2D, size: Size, palette: Palette, chance: Chance): void {
  const reach = Math.max(size.width, size.height);
  for (const colour of [palette.mid, palette.mid, palette.light, palette.mid]) {
    glowAt(ctx, size.width * chance.next(), size.height * chance.between(0, 0.8), reach * chance.between(0.3, 0.55), colour, 0.5);
  }
}

function stars(ctx: SKRSContext2D, size: Size, palette: Palette, chance: Chance): void {
  for (let index = 0; index < 130; index++) {
    ctx.fillStyle = css({ ...palette.glow, l: 96 }, chance.between(0.25, 0.95));
    disc(ctx, size.width * chance.next(), size.height * chance.next(), chance.next() ** 3 * 2.6 + 0.6);
  }
}
