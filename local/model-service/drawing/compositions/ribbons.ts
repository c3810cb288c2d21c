import { type SKRSContext2D } from '@napi-rs/canvas';
import { along, css, mix, type Palette } from '../palette';
import { type Composition, glowAt } from './composition';

/** Wavy bands in a sequence of colors. */
export const ribbons: Composition = (ctx, size, palette, random) => {
  const colors = random.boolean(0.5)
    ? [palette.glow, palette.light, palette.accent, palette.mid, palette.shade, palette.deep]
    : [palette.deep, palette.shade, palette.mid, palette.light, palette.accent, palette.deep];
  ctx.fillStyle = css(colors[0]);
  ctx.fillRect(0, 0, size.width, size.height);
  const diagonal = Math.hypot(size.width, size.height);
  ctx.translate(size.width / 2, size.height / 2);
  ctx.rotate(random.between(-0.65, 0.65));
  const count = random.integer(9, 14);
  const phase = random.between(0, 2 * Math.PI);
  const drift = random.between(0.18, 0.42);
  const bend = diagonal * random.between(0.05, 0.1);
  const waves = random.between(1.1, 1.9);
  for (let index = 0; index < count; index++) {
    const top = diagonal * (-0.52 + 1.04 * index / count);
    const color = along(colors, (index + 1) / count);
    ctx.beginPath();
    ctx.moveTo(-diagonal / 2, diagonal);
    for (let x = -diagonal / 2; x <= diagonal / 2; x += 6) {
      const turn = 2 * Math.PI * waves * x / diagonal + phase + index * drift;
      ctx.lineTo(x, top + bend * Math.sin(turn) + bend * 0.45 * Math.sin(turn * 1.7 + index * 0.5));
    }
    ctx.lineTo(diagonal / 2, diagonal);
    ctx.closePath();
    const sheen = ctx.createLinearGradient(-diagonal / 2, top, diagonal / 2, top + bend);
    const lit = random.between(0.25, 0.75);
    sheen.addColorStop(0, css(mix(color, palette.deep, 0.22)));
    sheen.addColorStop(lit, css(mix(color, palette.glow, 0.3)));
    sheen.addColorStop(1, css(mix(color, palette.deep, 0.26)));
    ctx.fillStyle = sheen;
    castShadow(ctx, diagonal, palette);
    ctx.fill();
  }
  glowAt(ctx, { x: diagonal * random.between(-0.3, 0.3), y: -diagonal * 0.3, radius: diagonal * 0.4 }, palette.glow, 0.28);
};

/** Draws a soft shadow along the current path with several strokes, which is faster than a blur. */
function castShadow(ctx: SKRSContext2D, diagonal: number, palette: Palette): void {
  ctx.strokeStyle = css({ ...palette.deep, l: 8 }, 0.03);
  for (let width = 12; width >= 1; width--) {
    ctx.lineWidth = diagonal * 0.0024 * width;
    ctx.stroke();
  }
}
