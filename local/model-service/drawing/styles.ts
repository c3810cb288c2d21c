import { type Canvas, createCanvas } from '@napi-rs/canvas';
import { arches } from './compositions/arches';
import { type Composition } from './compositions/composition';
import { facets } from './compositions/facets';
import { orbits } from './compositions/orbits';
import { ribbons } from './compositions/ribbons';
import { ridges } from './compositions/ridges';

/** The effect of a style: composition, color filter or pixelation. */
interface Style {
  readonly composition?: Composition;
  /** CSS filter. */
  readonly filter?: string;
  /** Number of squares on the longer side of a pixelated image. */
  readonly squares?: number;
}

/** `style_preset` of Stability's models and `style` of Nova Canvas. */
const STYLES: Readonly<Record<string, Style>> = {
  '3d-model': { composition: orbits, filter: 'contrast(1.15)' },
  'analog-film': { filter: 'sepia(0.5) contrast(0.9)' },
  'anime': { composition: ribbons, filter: 'saturate(1.7) brightness(1.08)' },
  'cinematic': { composition: ridges, filter: 'contrast(1.2) saturate(0.85)' },
  'comic-book': { composition: arches, filter: 'contrast(1.7) saturate(1.5)' },
  'digital-art': { composition: ribbons, filter: 'saturate(1.35)' },
  'enhance': { filter: 'contrast(1.12) saturate(1.15)' },
  'fantasy-art': { composition: ridges, filter: 'hue-rotate(40deg) saturate(1.4)' },
  'isometric': { composition: facets },
  'line-art': { composition: arches, filter: 'grayscale(1) contrast(1.8)' },
  'low-poly': { composition: facets, filter: 'saturate(1.2)' },
  'modeling-compound': { composition: orbits, filter: 'saturate(1.3) brightness(1.1)' },
  'neon-punk': { composition: ribbons, filter: 'contrast(1.4) saturate(2.4) hue-rotate(-50deg)' },
  'origami': { composition: facets, filter: 'brightness(1.12) contrast(0.92)' },
  'photographic': { composition: ridges },
  'pixel-art': { squares: 96 },
  'tile-texture': { composition: arches, squares: 160 },
  '3D_ANIMATED_FAMILY_FILM': { composition: orbits, filter: 'saturate(1.4)' },
  'DESIGN_SKETCH': { composition: facets, filter: 'grayscale(0.85) contrast(1.3)' },
  'FLAT_VECTOR_ILLUSTRATION': { composition: arches, filter: 'saturate(1.2)' },
  'GRAPHIC_NOVEL_ILLUSTRATION': { composition: ridges, filter: 'contrast(1.7) saturate(0.6)' },
  'MAXIMALISM': { composition: ribbons, filter: 'saturate(2)' },
  'MIDCENTURY_RETRO': { composition: arches, filter: 'sepia(0.6)' },
  'PHOTOREALISM': { composition: ridges },
  'SOFT_DIGITAL_PAINTING': { composition: ribbons, filter: 'brightness(1.1) contrast(0.85)' },
};

/** Returns the composition of a style, if it has one. */
export function compositionOfStyle(style: string | undefined): Composition | undefined {
  return STYLES[style ?? '']?.composition;
}

/** Applies the color filter and the pixelation of a style. */
export function applyStyle(canvas: Canvas, style: string | undefined): Canvas {
  const { filter, squares } = STYLES[style ?? ''] ?? {};
  if (filter === undefined && squares === undefined) return canvas;
  const share = squares === undefined ? 1 : squares / Math.max(canvas.width, canvas.height);
  const filtered = createCanvas(Math.max(1, Math.round(canvas.width * share)), Math.max(1, Math.round(canvas.height * share)));
  const ctx = filtered.getContext('2d');
  if (filter !== undefined) ctx.filter = filter;
  ctx.drawImage(canvas, 0, 0, filtered.width, filtered.height);
  if (squares === undefined) return filtered;
  const pixelated = createCanvas(canvas.width, canvas.height);
  const pixelatedCtx = pixelated.getContext('2d');
  pixelatedCtx.imageSmoothingEnabled = false;
  pixelatedCtx.drawImage(filtered, 0, 0, canvas.width, canvas.height);
  return pixelated;
}
