import { type SKRSContext2D } from '@napi-rs/canvas';
import { type Color, css, type Palette } from '../palette';
import { type SeededRandom } from '../seeded-random';
import { type Composition, disc } from './composition';

/** Tiles with quarter circles, arches, discs and leaves in flat colors. */
export const arches: Composition = (ctx, size, palette, random) => {
  const rows = size.height > size.width ? random.integer(6, 8) : random.integer(4, 5);
  const tile = size.height / rows;
  const columns = Math.ceil(size.width / tile);
  const left = (size.width - columns * tile) / 2;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      ctx.save();
      ctx.translate(left + (column + 0.5) * tile, (row + 0.5) * tile);
      ctx.rotate(random.integer(0, 3) * Math.PI / 2);
      drawTile(ctx, tile, palette, random);
      ctx.restore();
    }
  }
  const light = ctx.createLinearGradient(0, 0, size.width, size.height);
  light.addColorStop(0, css(palette.glow, 0.22));
  light.addColorStop(0.5, css(palette.glow, 0));
  light.addColorStop(1, css(palette.deep, 0.35));
  ctx.fillStyle = light;
  ctx.fillRect(0, 0, size.width, size.height);
};

function drawTile(ctx: SKRSContext2D, tile: number, palette: Palette, random: SeededRandom): void {
  const [background, figure, detail] = threeOf(palette, random);
  const half = tile / 2;
  ctx.beginPath();
  // half a pixel more on each side closes the gaps between tiles
  ctx.rect(-half - 0.5, -half - 0.5, tile + 1, tile + 1);
  ctx.clip();
  ctx.fillStyle = css(background);
  ctx.fillRect(-half - 0.5, -half - 0.5, tile + 1, tile + 1);
  random.pick(FIGURES)(ctx, half, figure, detail);
}

function threeOf(palette: Palette, random: SeededRandom): readonly Color[] {
  const colors = [palette.deep, palette.shade, palette.mid, palette.light, palette.glow, palette.accent];
  return [0, 1, 2].map(() => colors.splice(random.integer(0, colors.length - 1), 1)[0]);
}

type Figure = (ctx: SKRSContext2D, half: number, figure: Color, detail: Color) => void;

const quarters: Figure = (ctx, half, figure, detail) => {
  ctx.fillStyle = css(figure);
  disc(ctx, -half, -half, 2 * half);
  ctx.fillStyle = css(detail);
  disc(ctx, -half, -half, half);
};

const rainbow: Figure = (ctx, half, figure, detail) => {
  [1, 0.72, 0.44].forEach((share, index) => {
    ctx.fillStyle = css(index % 2 === 0 ? figure : detail);
    disc(ctx, 0, half, half * share);
  });
};

const leaf: Figure = (ctx, half, figure) => {
  ctx.fillStyle = css(figure);
  ctx.beginPath();
  ctx.arc(-half, half, 2 * half, -Math.PI / 2, 0);
  ctx.arc(half, -half, 2 * half, Math.PI / 2, Math.PI);
  ctx.fill();
};

const target: Figure = (ctx, half, figure, detail) => {
  ctx.fillStyle = css(figure);
  disc(ctx, 0, 0, half * 0.82);
  ctx.fillStyle = css(detail);
  disc(ctx, 0, 0, half * 0.36);
};

const hills: Figure = (ctx, half, figure, detail) => {
  ctx.fillStyle = css(figure);
  disc(ctx, -half, half, half);
  ctx.fillStyle = css(detail);
  disc(ctx, half, half, half);
};

const split: Figure = (ctx, half, figure, detail) => {
  ctx.fillStyle = css(figure);
  ctx.beginPath();
  ctx.moveTo(-half, -half);
  ctx.lineTo(half, half);
  ctx.lineTo(-half, half);
  ctx.fill();
  ctx.fillStyle = css(detail);
  disc(ctx, half * 0.38, -half * 0.38, half * 0.34);
};

const FIGURES: readonly Figure[] = [quarters, quarters, rainbow, leaf, leaf, target, hills, split];
