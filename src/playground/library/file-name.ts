/** Names of downloaded files: `a-harbour-at-dawn-8.png`. */
import { type ShownPrompt } from './prompts';

const MAX_LENGTH = 60;
const EXTENSIONS: Readonly<Record<string, string>> = { 'image/png': 'png', 'image/jpeg': 'jpg', 'image/webp': 'webp' };

/** Returns the name of a file from its prompt and seed. Letters and digits of all scripts are kept. */
export function fileName(shown: ShownPrompt, { seed, contentType }: { readonly seed?: number; readonly contentType: string }): string {
  const words = shown.kept ? shown.text.normalize('NFC').toLowerCase().replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '-').replace(/^-+/, '') : '';
  const name = [...words].slice(0, MAX_LENGTH).join('').replace(/-+$/, '') || 'image';
  const extension = Object.hasOwn(EXTENSIONS, contentType) ? EXTENSIONS[contentType] : 'png';
  return `${name}${seed === undefined ? '' : `-${seed}`}.${extension}`;
}
