import { type SKRSContext2D } from '@napi-rs/canvas';
import { css, mix } from '../palette';
import { type SeededRandom } from '../seeded-random';
import { type Size } from '../sizes';
import { type Composition, disc, fillDown, glowAt } from './composition';

/** Mountain ridges with a low sun. */
export const ridges: Composition = (ctx, size, palette, random) => {
  fillDown(ctx, size, random.boolean(0.5)
    ? [palette.shade, palette.mid, palette.light, palette.glow]
    : [palette.mid, palette.light, palette.glow, palette.light]);
  const unit = Math.min(size.width, size.height);
  const sunX = size.width * random.between(0.22, 0.78);
  const sunY = size.height * random.between(0.2, 0.42);
  const sunRadius = unit * random.between(0.09, 0.17);
  glowAt(ctx, { x: sunX, y: sunY, radius: sunRadius * 5 }, palette.glow, 0.75);
  ctx.fillStyle = css({ ...palette.glow, l: 95 });
  disc(ctx, sunX, sunY, sunRadius);

  const count = random.integer(5, 7);
  const horizon = random.between(0.38, 0.5);
  for (let index = 0; index < count; index++) {
    const depth = index / (count - 1);
    const base = size.height * (horizon + (0.96 - horizon) * depth * 0.9);
    const near = mix(palette.light, palette.deep, 0.22 + depth * 0.78);
    ridge(ctx, size, base, unit * (0.05 + 0.07 * depth), random);
    const body = ctx.createLinearGradient(0, base - unit * 0.14, 0, base + unit * 0.3);
    body.addColorStop(0, css(near));
    body.addColorStop(1, css(mix(near, index === count - 1 ? palette.deep : palette.light, 0.45)));
    ctx.fillStyle = body;
    ctx.fill();
  }
};

/** Creates the path of a ridge from several waves of decreasing height. */
function ridge(ctx: SKRSContext2D, size: Size, base: number, height: number, random: SeededRandom): void {
  const waves = [1.1, 2.3, 4.7, 9.1, 17.3].map((frequency, octave) => ({
    frequency: frequency * random.between(0.8, 1.25) * size.width / size.height,
    phase: random.between(0, 2 * Math.PI),
    height: height / 1.9 ** octave,
  }));
  ctx.beginPath();
  ctx.moveTo(0, size.height);
  for (let x = 0; x <= size.width; x += 4) {
    const offset = waves.reduce((sum, wave) => sum + wave.height * Math.sin(wave.phase + wave.frequency * Math.PI * x / size.width), 0);
    ctx.lineTo(x, base + offset);
  }
  ctx.lineTo(size.width, size.height);
  ctx.closePath();
}
