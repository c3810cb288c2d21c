import { type IconName } from '../../parts/icon-paths';

const ICONS: Readonly<Record<string, IconName>> = {
  'inpaint': 'brush',
  'erase': 'eraser',
  'outpaint': 'extend',
  'fast-upscale': 'enlarge',
  'conservative-upscale': 'enlarge',
  'creative-upscale': 'enlarge',
  'search-and-replace': 'search',
  'search-and-recolor': 'droplet',
  'remove-background': 'image',
  'sketch': 'pencil',
  'structure': 'shapes',
  'style-guide': 'create',
  'style-transfer': 'invert',
};

/** Returns the icon of an operation. */
export function operationIcon(operation: string): IconName {
  return ICONS[operation] ?? 'create';
}
