import { createCanvas, loadImage, SKRSContext2D } from '@napi-rs/canvas';
import { Chance } from './chance';
import { compositionFrom } from './compositions/table';
import { registerFonts } from './fonts';
import { letter } from './lettering';
import { paletteFrom } from './palette';
import { encodePng } from './png';
import { nearestSize, sizeOfAspectRatio } from './sizes';

export type PictureFormat = 'png' | 'jpeg' | 'webp';

export interface PictureRequest {
  readonly prompt: string;
  readonly negativePrompt?: string;
  readonly modelId: string;
  readonly seed: number;
  readonly aspectRatio?: string;
  readonly format: PictureFormat;
  /** An image to start from; strength 0 keeps it, 1 ignores it. */
  readonly source?: { readonly image: Buffer; readonly strength: number };
}

const QUALITY = 90;

/** Draws the picture that follows from the request: equal requests, equal bytes. */
export async function drawPicture(request: PictureRequest): Promise<Buffer> {
  registerFonts();
  const source = request.source && await loadImage(request.source.image);
  const size = request.aspectRatio === undefined && source !== undefined
    ? nearestSize(source)
    : sizeOfAspectRatio(request.aspectRatio ?? '1:1');
  const chance = Chance.of(request.prompt, request.negativePrompt ?? '', request.modelId, request.seed);
  const palette = paletteFrom(chance);
  const canvas = createCanvas(size.width, size.height);
  const ctx = canvas.getContext('2d');
  isolated(ctx, () => compositionFrom(chance)(ctx, size, palette, chance));
  if (source !== undefined && request.source !== undefined) {
    const kept = 1 - request.source.strength;
    isolated(ctx, () => {
      ctx.globalAlpha = kept;
      ctx.drawImage(source, 0, 0, size.width, size.height);
    });
  }
  isolated(ctx, () => letter(ctx, size, palette, request.prompt, `${request.modelId}  ·  seed ${request.seed}`));
  if (request.format === 'png') return encodePng(ctx.getImageData(0, 0, size.width, size.height).data, size);
  return canvas.encode(request.format, QUALITY);
}

/** Whatever a part sets on the context ends with it. */
function isolated(ctx: SKRSContext2D, draw: () => void): void {
  ctx.save();
  draw();
  ctx.restore();
}
