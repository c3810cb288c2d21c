import { SKRSContext2D } from '@napi-rs/canvas';
import { Chance } from '../chance';
import { along, Colour, css, mix } from '../palette';
import { Size } from '../sizes';
import { Composition, glowAt } from './composition';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Cut glass: a net of triangles, coloured by where they stand and by how they catch the light. */
export const facets: Composition = (ctx, size, palette, chance) => {
  const colours = chance.isLikely(0.5)
    ? [palette.glow, palette.light, palette.accent, palette.mid, palette.shade, palette.deep]
    : [palette.light, palette.glow, palette.mid, palette.accent, palette.shade, palette.deep];
  const angle = chance.between(0.3, Math.PI - 0.3);
  const net = jitteredNet(size, chance);
  for (let row = 0; row + 1 < net.length; row++) {
    for (let column = 0; column + 1 < net[row].length; column++) {
      const [a, b, c, d] = [net[row][column], net[row][column + 1], net[row + 1][column + 1], net[row + 1][column]];
      const halves = chance.isLikely(0.5) ? [[a, b, c], [a, c, d]] : [[a, b, d], [b, c, d]];
      halves.forEach((corners) => {
        const place = placeAlong(size, centre(corners), angle) + chance.between(-0.1, 0.1);
        const shine = chance.between(-0.24, 0.24);
        const colour = along(colours, place);
        triangle(ctx, corners, shine > 0 ? mix(colour, palette.glow, shine) : mix(colour, palette.deep, -shine));
      });
    }
  }
  glowAt(ctx, size.width * chance.next(), size.height * 0.1, Math.max(size.width, size.height) * 0.7, palette.glow, 0.35);
};

/** Corners on a grid that reaches beyond the edges, each moved a little. */
function jitteredNet(size: Size, chance: Chance): Point[][] {
  const cell = Math.min(size.width, size.height) / chance.integer(6, 9);
  const rows = Math.ceil(size.height / cell) + 3;
  const columns = Math.ceil(size.width / cell) + 3;
  return Array.from({ length: rows }, (_, row) => Array.from({ length: columns }, (__, column) => ({
    x: (column - 1 + (row % 2) / 2 + chance.between(-0.32, 0.32)) * cell,
    y: (row - 1 + chance.between(-0.32, 0.32)) * cell,
  })));
}

function centre(corners: readonly Point[]): Point {
  return {
    x: corners.reduce((sum, corner) => sum + corner.x, 0) / corners.length,
    y: corners.reduce((sum, corner) => sum + corner.y, 0) / corners.length,
  };
}

/** How far along the direction of the light a point stands, 0 to 1. */
function placeAlong(size: Size, point: Point, angle: number): number {
  const x = point.x / size.width - 0.5;
  const y = point.y / size.height - 0.5;
  return 0.5 + (x * Math.cos(angle) + y * Math.sin(angle)) / 1.3;
}

function triangle(ctx: SKRSContext2D, corners: readonly Point[], colour: Colour): void {
  ctx.beginPath();
  corners.forEach((corner) => ctx.lineTo(corner.x, corner.y));
  ctx.closePath();
  ctx.fillStyle = css(colour);
  ctx.fill();
  // The hairline closes the seam that antialiasing leaves between neighbours
  ctx.strokeStyle = css(colour);
  ctx.lineWidth = 1;
  ctx.stroke();
}
