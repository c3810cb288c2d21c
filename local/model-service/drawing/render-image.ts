import { Canvas, loadImage } from '@napi-rs/canvas';
import { encodePicture, PictureFormat } from './encoding';
import { registerFonts } from './fonts';
import { isolated, letterScene, paintScene, Scene } from './scene';
import { nearestSize, Size, sizeOfAspectRatio } from './sizes';

export interface PictureRequest extends Scene {
  readonly aspectRatio?: string;
  /** Of models that are told the pixels. */
  readonly size?: Size;
  readonly format: PictureFormat;
  /** An image to start from; strength 0 keeps it, 1 ignores it. */
  readonly source?: { readonly image: Buffer; readonly strength: number };
}

/** Draws the picture that follows from the request: equal requests, equal bytes. */
export async function drawPicture(request: PictureRequest): Promise<Buffer> {
  return encodePicture(await paintPicture(request), request.format);
}

/** The picture before it becomes a file. */
export async function paintPicture(request: Omit<PictureRequest, 'format'>): Promise<Canvas> {
  registerFonts();
  const source = request.source && await loadImage(request.source.image);
  const size = request.size ?? (request.aspectRatio === undefined && source !== undefined
    ? nearestSize(source)
    : sizeOfAspectRatio(request.aspectRatio ?? '1:1'));
  const canvas = paintScene(request, size);
  if (source !== undefined && request.source !== undefined) {
    const kept = 1 - request.source.strength;
    isolated(canvas.getContext('2d'), (ctx) => {
      ctx.globalAlpha = kept;
      ctx.drawImage(source, 0, 0, size.width, size.height);
    });
  }
  letterScene(canvas, request);
  return canvas;
}
