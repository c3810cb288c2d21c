/** Styles: those of a model, and those that add words to the prompt of a model without styles. */

export interface WordStyle {
  readonly value: string;
  readonly label: string;
  /** Words that are added to the prompt. */
  readonly words: string;
}

const style = (label: string, words = label.charAt(0).toLowerCase() + label.slice(1)): WordStyle => ({
  value: label.toLowerCase().replaceAll(' ', '-'), label, words,
});

/** Styles for models without styles of their own. */
export const WORD_STYLES: readonly WordStyle[] = [
  style('Photograph'),
  style('Watercolor'),
  style('Pixel art'),
  style('Line art'),
  style('Film still'),
  style('3D render'),
  style('Isometric'),
  style('Paper cut'),
  style('Oil painting'),
  style('Pencil sketch'),
];

/** Returns the style of a value. */
export function wordStyle(value: unknown): WordStyle | undefined {
  return WORD_STYLES.find((candidate) => candidate.value === value);
}

/** Returns a prompt with the words of a style. Returns the prompt as it is without one. */
export function withStyleWords(prompt: string, value: unknown): string {
  const words = wordStyle(value)?.words;
  if (words === undefined) return prompt;
  const text = prompt.replace(/[\s,;]+$/, '');
  return text === '' ? prompt : `${text}, ${words}`;
}

/** Returns the hint of a chip that adds words. */
export function wordsHint({ words }: WordStyle): string {
  return `Adds "${words}" to the prompt`;
}

/** Returns the label of a style or of another choice, from its value: `pixel-art` is "Pixel art", `3d-model` is "3D model". */
export function choiceLabel(value: string): string {
  const text = value.replaceAll(/[-_]+/g, ' ').trim().replace(/^(\d)d\b/, '$1D');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
