import { Canvas, createCanvas } from '@napi-rs/canvas';
import { arches } from './compositions/arches';
import { Composition } from './compositions/composition';
import { facets } from './compositions/facets';
import { orbits } from './compositions/orbits';
import { ribbons } from './compositions/ribbons';
import { ridges } from './compositions/ridges';

/** How a style shows: by what is drawn, by its colours, by the grain of its pixels. */
interface Style {
  readonly composition?: Composition;
  /** As CSS writes it. */
  readonly filter?: string;
  /** Squares instead of pixels: how many to a side. */
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

export function compositionOfStyle(style: string | undefined): Composition | undefined {
  return STYLES[style ?? '']?.composition;
}

/** The picture in the colours and the grain of a style. */
export function inStyle(canvas: Canvas, style: string | undefined): Canvas {
  const { filter, squares } = STYLES[style ?? ''] ?? {};
  if (filter === undefined && squares === undefined) return canvas;
  const share = squares === undefined ? 1 : squares / Math.max(canvas.width, canvas.height);
  const worked = createCanvas(Math.max(1, Math.round(canvas.width * share)), Math.max(1, Math.round(canvas.height * share)));
  const ctx = worked.getContext('2d');
  if (filter !== undefined) ctx.filter = filter;
  ctx.drawImage(canvas, 0, 0, worked.width, worked.height);
  if (squares === undefined) return worked;
  const whole = createCanvas(canvas.width, canvas.height);
  const wholeCtx = whole.getContext('2d');
  wholeCtx.imageSmoothingEnabled = false;
  wholeCtx.drawImage(worked, 0, 0, canvas.width, canvas.height);
  return whole;
}
