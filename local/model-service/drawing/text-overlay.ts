import { type SKRSContext2D } from '@napi-rs/canvas';
import { CAPTION_FONT, TITLE_FONT } from './fonts';
import { css, type Palette } from './palette';
import { type Size } from './sizes';

const MAX_LINES = 5;
/** Longer text does not fit into an image. The limit keeps text measurement fast. */
const MAX_CHARACTERS = 400;
const RIGHT_TO_LEFT = /^\P{Letter}*[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u;

/** Draws the prompt and a caption at the bottom of the image. */
export function drawTitleAndCaption(ctx: SKRSContext2D, size: Size, palette: Palette, prompt: string, caption: string): void {
  // between the shorter side and the square root of the area: legible on wide images, and not too wide for tall ones
  const unit = Math.sqrt(Math.min(size.width, size.height) * Math.sqrt(size.width * size.height));
  const margin = unit * 0.07;
  const captionSize = Math.max(16, unit * 0.02);
  const title = fitTitle(ctx, toSingleLine(prompt), size.width - 2 * margin, unit);
  const captionLine = size.height - margin;
  const lastLine = captionLine - captionSize - title.fontSize * 0.62;
  const top = lastLine - (title.lines.length - 1) * title.lineHeight - title.fontSize;

  darkenBackground(ctx, size, palette, top);
  const isRightToLeft = RIGHT_TO_LEFT.test(prompt);
  ctx.direction = isRightToLeft ? 'rtl' : 'ltr';
  ctx.textAlign = isRightToLeft ? 'right' : 'left';
  const x = isRightToLeft ? size.width - margin : margin;
  ctx.fillStyle = '#fff';
  ctx.font = titleFont(title.fontSize);
  title.lines.forEach((line, index) => ctx.fillText(line, x, lastLine - (title.lines.length - 1 - index) * title.lineHeight));

  ctx.direction = 'ltr';
  ctx.font = `${captionSize}px "${CAPTION_FONT}"`;
  ctx.fillStyle = css({ ...palette.glow, l: 88 }, 0.85);
  ctx.fillText(caption, x, captionLine);
}

/** Draws the prompt in the center of a small image. */
export function drawCenteredTitle(ctx: SKRSContext2D, size: Size, palette: Palette, prompt: string): void {
  const unit = 2 * Math.min(size.width, size.height);
  const title = fitTitle(ctx, toSingleLine(prompt), size.width * 0.66, unit);
  ctx.font = titleFont(title.fontSize);
  ctx.textAlign = 'center';
  ctx.direction = RIGHT_TO_LEFT.test(prompt) ? 'rtl' : 'ltr';
  ctx.shadowColor = css({ ...palette.deep, l: 8 }, 0.9);
  ctx.shadowBlur = title.fontSize * 0.5;
  ctx.fillStyle = '#fff';
  const firstLine = size.height / 2 + title.fontSize * 0.36 - (title.lines.length - 1) * title.lineHeight / 2;
  title.lines.forEach((line, index) => ctx.fillText(line, size.width / 2, firstLine + index * title.lineHeight));
}

/** Removes line breaks, control characters and unpaired surrogates. */
function toSingleLine(prompt: string): string {
  const text = prompt.replace(/\p{Surrogate}/gu, '\uFFFD').replace(/[\s\p{Control}]+/gu, ' ').trim();
  const characters = Array.from(text);
  return characters.length > MAX_CHARACTERS ? `${characters.slice(0, MAX_CHARACTERS).join('')}…` : text;
}

interface Title {
  readonly lines: readonly string[];
  readonly fontSize: number;
  readonly lineHeight: number;
}

/** Selects the largest font size that fits. Truncates longer text with an ellipsis. */
function fitTitle(ctx: SKRSContext2D, text: string, width: number, unit: number): Title {
  ctx.lang = 'en';
  const sizes = [0.072, 0.06, 0.05, 0.042, 0.035].map((share) => share * unit);
  for (const [index, fontSize] of sizes.entries()) {
    ctx.font = titleFont(fontSize);
    const lines = wrapLines(ctx, text, width);
    // short titles use a large font and few lines, long titles a small font and more lines
    if (lines.length <= Math.min(2 + index, MAX_LINES)) return { lines, fontSize, lineHeight: fontSize * 1.22 };
  }
  const fontSize = sizes[sizes.length - 1];
  const lines = wrapLines(ctx, text, width).slice(0, MAX_LINES);
  const last = Array.from(lines[MAX_LINES - 1]);
  while (last.length > 0 && ctx.measureText(`${last.join('')}…`).width > width) last.pop();
  return { lines: [...lines.slice(0, -1), `${last.join('').trimEnd()}…`], fontSize, lineHeight: fontSize * 1.22 };
}

function wrapLines(ctx: SKRSContext2D, text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((whole) => breakWord(ctx, whole, width))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && ctx.measureText(longer).width > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}

/** Splits a word into parts that fit into a line. A text in a script without spaces is one word. */
function breakWord(ctx: SKRSContext2D, word: string, width: number): string[] {
  if (ctx.measureText(word).width <= width) return [word];
  const pieces = [''];
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(word)) {
    const longer = pieces[pieces.length - 1] + segment;
    if (ctx.measureText(longer).width > width && longer !== segment) pieces.push(segment);
    else pieces[pieces.length - 1] = longer;
  }
  return pieces;
}

/** Darkens the background of the text, so that white text is legible on every image. */
function darkenBackground(ctx: SKRSContext2D, size: Size, palette: Palette, textTop: number): void {
  const start = Math.max(0, textTop - size.height * 0.2);
  const shade = ctx.createLinearGradient(0, start, 0, size.height);
  const dark = { ...palette.deep, l: Math.min(palette.deep.l, 12) };
  const textShare = (textTop - start) / (size.height - start);
  shade.addColorStop(0, css(dark, 0));
  shade.addColorStop(textShare * 0.5, css(dark, 0.26));
  shade.addColorStop(textShare, css(dark, 0.62));
  shade.addColorStop(1, css(dark, 0.88));
  ctx.fillStyle = shade;
  ctx.fillRect(0, start, size.width, size.height - start);
}

function titleFont(size: number): string {
  return `${size.toFixed(1)}px "${TITLE_FONT}"`;
}
