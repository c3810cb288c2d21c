import { SKRSContext2D } from '@napi-rs/canvas';
import { along, css, mix, Palette } from '../palette';
import { Composition, glowAt } from './composition';

/** Bands of silk that flow across the picture, each a little further through the colours. */
export const ribbons: Composition = (ctx, size, palette, chance) => {
  const colours = chance.isLikely(0.5)
    ? [palette.glow, palette.light, palette.accent, palette.mid, palette.shade, palette.deep]
    : [palette.deep, palette.shade, palette.mid, palette.light, palette.accent, palette.deep];
  ctx.fillStyle = css(colours[0]);
  ctx.fillRect(0, 0, size.width, size.height);
  const diagonal = Math.hypot(size.width, size.height);
  ctx.translate(size.width / 2, size.height / 2);
  ctx.rotate(chance.between(-0.65, 0.65));
  const count = chance.integer(9, 14);
  const phase = chance.between(0, 2 * Math.PI);
  const drift = chance.between(0.18, 0.42);
  const bend = diagonal * chance.between(0.05, 0.1);
  const waves = chance.between(1.1, 1.9);
  for (let index = 0; index < count; index++) {
    const top = diagonal * (-0.52 + 1.04 * index / count);
    const colour = along(colours, (index + 1) / count);
    ctx.beginPath();
    ctx.moveTo(-diagonal / 2, diagonal);
    for (let x = -diagonal / 2; x <= diagonal / 2; x += 6) {
      const turn = 2 * Math.PI * waves * x / diagonal + phase + index * drift;
      ctx.lineTo(x, top + bend * Math.sin(turn) + bend * 0.45 * Math.sin(turn * 1.7 + index * 0.5));
    }
    ctx.lineTo(diagonal / 2, diagonal);
    ctx.closePath();
    const sheen = ctx.createLinearGradient(-diagonal / 2, top, diagonal / 2, top + bend);
    const lit = chance.between(0.25, 0.75);
    sheen.addColorStop(0, css(mix(colour, palette.deep, 0.22)));
    sheen.addColorStop(lit, css(mix(colour, palette.glow, 0.3)));
    sheen.addColorStop(1, css(mix(colour, palette.deep, 0.26)));
    ctx.fillStyle = sheen;
    castShadow(ctx, diagonal, palette);
    ctx.fill();
  }
  glowAt(ctx, diagonal * chance.between(-0.3, 0.3), -diagonal * 0.3, diagonal * 0.4, palette.glow, 0.28);
};

/** A soft shadow along the current path: strokes on top of each other, many times faster than a blur. */
function castShadow(ctx: SKRSContext2D, diagonal: number, palette: Palette): void {
  ctx.strokeStyle = css({ ...palette.deep, l: 8 }, 0.03);
  for (let width = 12; width >= 1; width--) {
    ctx.lineWidth = diagonal * 0.0024 * width;
    ctx.stroke();
  }
}
