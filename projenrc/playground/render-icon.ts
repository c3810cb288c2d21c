import { createCanvas, loadImage } from '@napi-rs/canvas';

/** A PNG of the page's icon. */
export interface Icon {
  readonly file: string;
  /** Width and height in pixels. */
  readonly size: number;
  /** Whether the system cuts the icon to its own shape: a mark in the safe zone, on a background without corners. */
  readonly maskable?: boolean;
}

/** The icons that manifest.webmanifest and index.html name. */
export const ICONS: readonly Icon[] = [
  { file: 'icon-192.png', size: 192 },
  { file: 'icon-512.png', size: 512 },
  { file: 'icon-maskable.png', size: 512, maskable: true },
  { file: 'apple-touch-icon.png', size: 180, maskable: true },
];

/** The color of --primary. */
const BACKGROUND = '#191a1b';
/** Part of a maskable icon that no shape cuts (W3C, Web App Manifest: a circle with 80 % of the width; its inscribed square is smaller). */
const SAFE_ZONE = 0.8;

/** Renders static/icon.svg. */
export async function renderIcon(svg: string, { size, maskable }: Icon): Promise<Buffer> {
  const canvas = createCanvas(size, size);
  const context = canvas.getContext('2d');
  const image = await loadImage(Buffer.from(svg));
  const side = maskable ? size * SAFE_ZONE : size;
  if (maskable) {
    context.fillStyle = BACKGROUND;
    context.fillRect(0, 0, size, size);
  }
  context.drawImage(image, (size - side) / 2, (size - side) / 2, side, side);
  return canvas.encode('png');
}
