/** Texts of the Edit view. */
import { type Formats } from './formats';

export const CHOOSE_FILE = 'Choose a file';
/** Types that the file dialog offers. */
export const FILE_TYPES = 'image/png,image/jpeg,image/webp';
export const NO_IMAGES_TO_EDIT = 'There are no images yet. Choose a file, or create an image first.';
export const CHOOSE_ANOTHER = 'Another image';

/** Why a file cannot be opened. */
export function unreadableFile(): string {
  return 'Use PNG, JPEG or WebP.';
}

/** Price from which the button is pressed twice. */
export const CONFIRM_FROM_USD = 0.2;
/** Time in which the second press counts. */
export const CONFIRM_MS = 5000;

/** The button after the first press: "Enlarge for about $0.60?" */
export function confirmText(label: string, price: string): string {
  return `${label} for about ${price}?`;
}

export const MASK_HELP = 'Arrow keys move the brush, with Shift ten times as far. Space paints. E selects the eraser.';

/** Tools of the mask, with their keys. */
export const TOOL_LABELS = { brush: 'Brush (B)', eraser: 'Eraser (E)', rectangle: 'Rectangle (R)' } as const;

export const RATHER_NOT_PAINT = { before: 'Rather not paint?', link: 'Find and replace', after: 'takes words instead of a mask.' } as const;

/** The sides of Extend. */
export const SIDE_LABELS = { left: 'Left', right: 'Right', up: 'Top', down: 'Bottom' } as const;

/** What the button says instead of its label. */
export function incompleteLabel(issue: { readonly name: string; readonly text: string } | undefined): string {
  switch (issue?.name) {
    case 'prompt': return 'Say it in a few words first';
    case 'mask': return 'Paint over a part first';
    case 'left': return 'Pull an edge first';
    case 'image': return 'This image does not fit';
    default: return 'Check the settings';
  }
}

/** The expected duration of an edit. */
export function takesAbout(seconds: number, formats: Formats): string {
  return `It takes about ${formats.duration(Math.max(1, seconds))}.`;
}
