import { Canvas, createCanvas, SKRSContext2D } from '@napi-rs/canvas';
import { Chance } from './chance';
import { compositionFrom } from './compositions/pick-composition';
import { letter, letterInMiddle } from './lettering';
import { Palette, paletteFrom } from './palette';
import { Size } from './sizes';
import { compositionOfStyle, inStyle } from './styles';

/** What a picture follows from: equal scenes, equal pixels. */
export interface Scene {
  readonly prompt: string;
  readonly negativePrompt?: string;
  readonly modelId: string;
  readonly seed: number;
  readonly style?: string;
  /** Whatever else of the request a real model would draw differently for. */
  readonly settings?: readonly unknown[];
}

/** The scene without lettering, in its own colours or, where a model is shown some, in those. */
export function paintScene(scene: Scene, size: Size, coloured: (own: Palette) => Palette = (own) => own): Canvas {
  const chance = chanceOf(scene);
  const palette = coloured(paletteFrom(chance));
  const canvas = createCanvas(size.width, size.height);
  const composition = compositionFrom(chance);
  isolated(canvas.getContext('2d'), (ctx) => (compositionOfStyle(scene.style) ?? composition)(ctx, size, palette, chance));
  return inStyle(canvas, scene.style);
}

/** The prompt and a caption under it, over what is drawn so far. */
export function letterScene(canvas: Canvas, scene: Scene): void {
  const palette = paletteOfScene(scene);
  const caption = [scene.modelId, `seed ${scene.seed}`, scene.style].filter((part) => part !== undefined).join('  ·  ');
  isolated(canvas.getContext('2d'), (ctx) => letter(ctx, canvas, palette, scene.prompt, caption));
}

/** The prompt alone, where it shows even if the corners are cut off. */
export function letterPatch(canvas: Canvas, scene: Scene): void {
  const palette = paletteOfScene(scene);
  isolated(canvas.getContext('2d'), (ctx) => letterInMiddle(ctx, canvas, palette, scene.prompt));
}

export function paletteOfScene(scene: Scene): Palette {
  return paletteFrom(chanceOf(scene));
}

/** Whatever a part sets on the context ends with it. */
export function isolated(ctx: SKRSContext2D, draw: (ctx: SKRSContext2D) => void): void {
  ctx.save();
  draw(ctx);
  ctx.restore();
}

function chanceOf(scene: Scene): Chance {
  return Chance.of(scene.prompt, scene.negativePrompt ?? '', scene.modelId, scene.seed, scene.style ?? '', scene.settings ?? []);
}
