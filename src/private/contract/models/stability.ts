import { ChoiceParameter, ImageParameter, NumberParameter, TextParameter } from './parameters';

/** What Stability AI's models have in common (AWS's pages on Stability AI, state of 2026-11-21). */

export const PROMPT: TextParameter = { type: 'text', minLength: 1, maxLength: 10_000 };

export const REQUIRED_PROMPT: TextParameter = { ...PROMPT, required: true };

export const ASPECT_RATIO: ChoiceParameter = {
  type: 'choice',
  values: ['16:9', '1:1', '21:9', '2:3', '3:2', '4:5', '5:4', '9:16', '9:21'],
  default: '1:1',
};

/** 0 asks for a random seed; the answer tells which was taken. */
export const SEED: NumberParameter = { type: 'integer', minimum: 0, maximum: 4_294_967_294, default: 0 };

export const OUTPUT_FORMAT: ChoiceParameter = { type: 'choice', values: ['png', 'jpeg', 'webp'], default: 'png' };

export const STYLE: ChoiceParameter = {
  type: 'choice',
  values: [
    '3d-model', 'analog-film', 'anime', 'cinematic', 'comic-book', 'digital-art', 'enhance', 'fantasy-art', 'isometric', 'line-art', 'low-poly',
    'modeling-compound', 'neon-punk', 'origami', 'photographic', 'pixel-art', 'tile-texture',
  ],
};

export const IMAGE_FORMATS = ['jpeg', 'png', 'webp'] as const;

export const IMAGE: ImageParameter = { type: 'image', formats: IMAGE_FORMATS, minSide: 64, maxPixels: 9_437_184, maxRatio: 2.5 };

export function range(minimum: number, maximum: number, preset?: number): NumberParameter {
  return { type: 'number', minimum, maximum, ...(preset !== undefined && { default: preset }) };
}

export function whole(minimum: number, maximum: number, preset?: number): NumberParameter {
  return { type: 'integer', minimum, maximum, ...(preset !== undefined && { default: preset }) };
}
