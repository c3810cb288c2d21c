import { type SKRSContext2D } from '@napi-rs/canvas';
import { along, type Color, css, mix } from '../palette';
import { type SeededRandom } from '../seeded-random';
import { type Size } from '../sizes';
import { type Composition, glowAt } from './composition';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** A net of triangles, colored by position and light. */
export const facets: Composition = (ctx, size, palette, random) => {
  const colors = random.boolean(0.5)
    ? [palette.glow, palette.light, palette.accent, palette.mid, palette.shade, palette.deep]
    : [palette.light, palette.glow, palette.mid, palette.accent, palette.shade, palette.deep];
  const angle = random.between(0.3, Math.PI - 0.3);
  const net = jitteredNet(size, random);
  for (let row = 0; row + 1 < net.length; row++) {
    for (let column = 0; column + 1 < net[row].length; column++) {
      const [a, b, c, d] = [net[row][column], net[row][column + 1], net[row + 1][column + 1], net[row + 1][column]];
      const halves = random.boolean(0.5) ? [[a, b, c], [a, c, d]] : [[a, b, d], [b, c, d]];
      halves.forEach((corners) => {
        const position = positionAlong(size, centre(corners), angle) + random.between(-0.1, 0.1);
        const shine = random.between(-0.24, 0.24);
        const color = along(colors, position);
        triangle(ctx, corners, shine > 0 ? mix(color, palette.glow, shine) : mix(color, palette.deep, -shine));
      });
    }
  }
  const glow = { x: size.width * random.next(), y: size.height * 0.1, radius: Math.max(size.width, size.height) * 0.7 };
  glowAt(ctx, glow, palette.glow, 0.35);
};

/** Returns grid points with small random offsets. The grid exceeds the image. */
function jitteredNet(size: Size, random: SeededRandom): Point[][] {
  const cell = Math.min(size.width, size.height) / random.integer(6, 9);
  const rows = Math.ceil(size.height / cell) + 3;
  const columns = Math.ceil(size.width / cell) + 3;
  return Array.from({ length: rows }, (_, row) => Array.from({ length: columns }, (__, column) => ({
    x: (column - 1 + (row % 2) / 2 + random.between(-0.32, 0.32)) * cell,
    y: (row - 1 + random.between(-0.32, 0.32)) * cell,
  })));
}

function centre(corners: readonly Point[]): Point {
  return {
    x: corners.reduce((sum, corner) => sum + corner.x, 0) / corners.length,
    y: corners.reduce((sum, corner) => sum + corner.y, 0) / corners.length,
  };
}

/** Returns the position of a point in the direction of the light, from 0 to 1. */
function positionAlong(size: Size, point: Point, angle: number): number {
  const x = point.x / size.width - 0.5;
  const y = point.y / size.height - 0.5;
  return 0.5 + (x * Math.cos(angle) + y * Math.sin(angle)) / 1.3;
}

function triangle(ctx: SKRSContext2D, corners: readonly Point[], color: Color): void {
  ctx.beginPath();
  corners.forEach((corner) => ctx.lineTo(corner.x, corner.y));
  ctx.closePath();
  ctx.fillStyle = css(color);
  ctx.fill();
  // the outline closes the gaps that antialiasing causes between triangles
  ctx.strokeStyle = css(color);
  ctx.lineWidth = 1;
  ctx.stroke();
}
