import { type Canvas, loadImage } from '@napi-rs/canvas';
import { encodeImage, type ImageFormat } from './encoding';
import { registerFonts } from './fonts';
import { withSavedContext, drawText, drawScene, type Scene } from './scene';
import { nearestSize, type Size, sizeOfAspectRatio } from './sizes';

export interface RenderRequest extends Scene {
  readonly aspectRatio?: string;
  /** Image size, for models with width and height parameters. */
  readonly size?: Size;
  readonly format: ImageFormat;
  /** Input image. Strength 0 returns the input image, 1 ignores it. */
  readonly source?: { readonly image: Buffer; readonly strength: number };
}

/** Renders the image of a request. Equal requests give equal bytes. */
export async function renderImage(request: RenderRequest): Promise<Buffer> {
  return encodeImage(await renderCanvas(request), request.format);
}

/** Renders the image of a request on a canvas. */
export async function renderCanvas(request: Omit<RenderRequest, 'format'>): Promise<Canvas> {
  registerFonts();
  const source = request.source && await loadImage(request.source.image);
  const size = request.size ?? (request.aspectRatio === undefined && source !== undefined
    ? nearestSize(source)
    : sizeOfAspectRatio(request.aspectRatio ?? '1:1'));
  const canvas = drawScene(request, size);
  if (source !== undefined && request.source !== undefined) {
    const alpha = 1 - request.source.strength;
    withSavedContext(canvas.getContext('2d'), (ctx) => {
      ctx.globalAlpha = alpha;
      ctx.drawImage(source, 0, 0, size.width, size.height);
    });
  }
  drawText(canvas, request);
  return canvas;
}
