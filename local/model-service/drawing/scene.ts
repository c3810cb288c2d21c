import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import { compositionFrom } from './compositions/pick-composition';
import { type Palette, paletteFrom } from './palette';
import { SeededRandom } from './seeded-random';
import { type Size } from './sizes';
import { compositionOfStyle, applyStyle } from './styles';
import { drawTitleAndCaption, drawCenteredTitle } from './text-overlay';

/** The parameters that determine an image. Equal scenes give equal pixels. */
export interface Scene {
  readonly prompt: string;
  readonly negativePrompt?: string;
  readonly modelId: string;
  readonly seed: number;
  readonly style?: string;
  /** Other request parameters that change the image. */
  readonly settings?: readonly unknown[];
}

/** Draws a scene without text. `adjustPalette` can replace its colors with those of an input image. */
export function drawScene(scene: Scene, size: Size, adjustPalette: (own: Palette) => Palette = (own) => own): Canvas {
  const random = randomOf(scene);
  const palette = adjustPalette(paletteFrom(random));
  const canvas = createCanvas(size.width, size.height);
  const composition = compositionFrom(random);
  withSavedContext(canvas.getContext('2d'), (ctx) => (compositionOfStyle(scene.style) ?? composition)(ctx, size, palette, random));
  return applyStyle(canvas, scene.style);
}

/** Draws the prompt and a caption over the canvas. */
export function drawText(canvas: Canvas, scene: Scene): void {
  const palette = paletteOfScene(scene);
  const caption = [scene.modelId, `seed ${scene.seed}`, scene.style].filter((part) => part !== undefined).join('  ·  ');
  withSavedContext(canvas.getContext('2d'), (ctx) => drawTitleAndCaption(ctx, canvas, palette, scene.prompt, caption));
}

/** Draws the prompt in the center, where it is visible if the corners are masked. */
export function drawPatchText(canvas: Canvas, scene: Scene): void {
  const palette = paletteOfScene(scene);
  withSavedContext(canvas.getContext('2d'), (ctx) => drawCenteredTitle(ctx, canvas, palette, scene.prompt));
}

/** Returns the palette of a scene. */
export function paletteOfScene(scene: Scene): Palette {
  return paletteFrom(randomOf(scene));
}

/** Calls `draw` and restores the state of the context. */
export function withSavedContext(ctx: SKRSContext2D, draw: (ctx: SKRSContext2D) => void): void {
  ctx.save();
  draw(ctx);
  ctx.restore();
}

function randomOf(scene: Scene): SeededRandom {
  return SeededRandom.from(scene.prompt, scene.negativePrompt ?? '', scene.modelId, scene.seed, scene.style ?? '', scene.settings ?? []);
}
